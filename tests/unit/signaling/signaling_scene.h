#pragma once

#include "core/signaling/signaling_client.h"
#include "tests/unit/signaling/test_focus.h"

#include <QSignalSpy>
#include <QTest>

namespace sightline {

inline const QString kAda = QStringLiteral("ada");
inline const QString kCall = QStringLiteral("c-1");
inline const QByteArray kCandidate = "candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host";

inline SessionDescription description(SessionDescription::Role role, SessionDescription::Setup setup)
{
    SessionDescription result;
    result.role = role;
    result.setup = setup;
    result.iceUfrag = "Ze3C";
    result.icePwd = "s0a6z9xeF6+wQvu6lCDen9oG";
    result.fingerprint = "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:"
                         "27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55";
    return result;
}

inline SessionDescription offer()
{
    return description(SessionDescription::Role::Sharer, SessionDescription::Setup::ActPass);
}

inline SessionDescription answer()
{
    return description(SessionDescription::Role::Viewer, SessionDescription::Setup::Active);
}

inline CallDocument fromAda(CallDocument::Body body, const QString& callId = kCall)
{
    return {kAda, TestFocus::clientEntity(), callId, std::move(body)};
}

/// A focus, a client of it, and what the client says.
struct Scene {
    TestFocus focus;
    SignalingClient client;
    QSignalSpy signedIn{&client, &SignalingClient::signedIn};
    QSignalSpy created{&client, &SignalingClient::meetingCreated};
    QSignalSpy joined{&client, &SignalingClient::joined};
    QSignalSpy rosterChanged{&client, &SignalingClient::rosterChanged};
    QSignalSpy meetingEnded{&client, &SignalingClient::meetingEnded};
    QSignalSpy requestFailed{&client, &SignalingClient::requestFailed};
    QSignalSpy connectionFailed{&client, &SignalingClient::connectionFailed};
    QSignalSpy offers{&client, &SignalingClient::offerReceived};
    QSignalSpy answers{&client, &SignalingClient::answerReceived};
    QSignalSpy candidates{&client, &SignalingClient::candidateReceived};
    QSignalSpy candidateEnds{&client, &SignalingClient::endOfCandidatesReceived};
    QSignalSpy byes{&client, &SignalingClient::byeReceived};

    SignalingClient::Options options() const
    {
        SignalingClient::Options result;
        result.url = focus.url();
        result.pinnedFingerprint = focus.certificate().fingerprint();
        result.displayName = QStringLiteral(" Me ");
        result.capabilities = {"remotefx"};
        return result;
    }

    void signIn()
    {
        client.connectToServer(options());
        QVERIFY(signedIn.wait());
    }

    void join()
    {
        signIn();
        client.joinMeeting(TestFocus::meetingId());
        QVERIFY(joined.wait());
    }

    void fail(const Request& request, ErrorCode code)
    {
        focus.send(
            Response{request.id, Failure{code, QStringLiteral("because"), Failure::Update::None, 0, {}}});
    }

    /// Waits until the client has handled all that was sent to it: it answers one more document, last.
    void settle()
    {
        const std::size_t before = focus.calls().size();
        focus.send(fromAda(CallOffer{"not SDP"}, QStringLiteral("settle")));
        QTRY_VERIFY(focus.calls().size() > before);
    }
};

inline const Error& errorOf(const QSignalSpy& spy)
{
    static const Error none(ErrorCode::Internal, QStringLiteral("no signal came"));
    return spy.isEmpty() ? none : *static_cast<const Error*>(spy.back().front().constData());
}

inline QByteArray codeOf(const QSignalSpy& spy)
{
    return stableCode(errorOf(spy).code());
}

} // namespace sightline
