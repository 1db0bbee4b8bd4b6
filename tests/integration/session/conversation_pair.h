#pragma once

#include "core/conference/conference_server.h"
#include "core/session/conversation.h"
#include "platform/synthetic/pattern_screen.h"
#include "tests/support/recording_injector.h"

#include <QTemporaryDir>
#include <functional>

#include <memory>

namespace sightline {

/// Two conversations of one meeting on a server of their own: Anna shares a synthetic desktop, Vera sees it,
/// over the real chain of signaling, ICE, DTLS, SRTP and RDP.
struct ConversationPair {
    explicit ConversationPair(Size desktop = {640, 480}, bool canBeControlled = true);
    /// Anna has another desktop than `screen`.
    explicit ConversationPair(Conversation::CaptureFactory openCapture, bool canBeControlled = true);
    ~ConversationPair();

    /// Until Vera sees the desktop. False: not in time.
    bool connect();
    /// Both sides know.
    bool becomes(ControlState state);

    std::shared_ptr<PatternScreen> screen;
    InjectorLog injector;
    QTemporaryDir serverData;
    std::unique_ptr<ConferenceServer> server;
    std::unique_ptr<Conversation> anna;
    std::unique_ptr<Conversation> vera;

private:
    void start(Conversation::CaptureFactory openCapture, bool canBeControlled);
};

/// Runs events until it holds. False: not within 20 s, for what takes milliseconds.
bool waitUntil(const std::function<bool()>& condition);

} // namespace sightline
