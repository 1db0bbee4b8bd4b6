#pragma once

#include "core/base/result.h"
#include "core/session/share_target.h"
#include "core/signaling/conference_documents.h"
#include "core/signaling/meeting_link.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace sightline {

/// What the command line of `sightline` asks for (design.md, 6), checked.
struct ClientCommand {
    enum class Action { OpenApp, Share, View, ShowVersion, ShowHelp };

    Action action = Action::OpenApp;
    QString displayName; ///< never empty: the account's name when not given
    bool isNameGiven = false;
    QString language; ///< "de"; empty: the system's
    bool hasUi = true;
    QString passcode; ///< of the meeting that is made or joined; empty: none
    QString statisticsFile; ///< empty: none; "-": standard output

    // View, and OpenApp with a link.
    std::optional<MeetingLink> link;
    bool fullScreen = false;
    bool isExactScale = false;
    QString screenshotFile;

    // Share.
    std::optional<MeetingLink> server; ///< a link without a meeting; nothing: the embedded server
    ShareTarget target;
    bool admitAll = false;
    AddConference meeting; ///< how it is to be
    bool grantControl = false;
    bool printLink = false;
    int maxFramesPerSecond = 60;
    quint16 port = 7443; ///< of the embedded server

    /// Reads the arguments, without the program's name, and the file that --config names; the command line
    /// wins. InvalidArgument, InvalidLink or FileFailed: the message is one clause that says what to do.
    static Result<ClientCommand> parse(const QStringList& arguments);
    static QString helpText();
};

} // namespace sightline
