#pragma once

#include "core/session/conversation.h"

#include <QObject>

namespace sightline {

class BannerStack;

/// The messages about control of our desktop: viewers that ask for it, to be answered, and why it cannot be
/// given or not be taken back as said. All given outlive it. GUI thread.
class ControlBanners : public QObject {
    Q_OBJECT
public:
    /// `window` is the one that the messages are in.
    ControlBanners(Conversation& conversation, BannerStack& banners, QWidget& window);

private:
    void onChanged();
    void refreshHotkey();
    void onRequested(const Participant& viewer);
    void onFailed(const Error& error);

    Conversation& m_conversation;
    BannerStack& m_banners;
    QWidget& m_window;
    QStringList m_asking; ///< whose questions are shown, by entity
    QString m_hotkeyProblem; ///< that was told last
};

/// Why control was not given, or ended, for people.
QString controlFailureText(ErrorCode code);

} // namespace sightline
