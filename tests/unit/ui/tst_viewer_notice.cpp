#include "ui/viewer_notice.h"

#include <QTest>

using namespace sightline;

class TestViewerNotice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void heading_data();
    void heading();
    void everyEndSaysWhatNext();
};

void TestViewerNotice::heading_data()
{
    using State = Conversation::State;
    using Viewing = Conversation::ViewingState;
    QTest::addColumn<ViewerSituation>("situation");
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("action");
    const auto row
        = [](const char* name, const ViewerSituation& situation, const char* heading, const char* action) {
              QTest::newRow(name) << situation << QString::fromUtf8(heading) << QString::fromUtf8(action);
          };
    const QString anna = QStringLiteral("Anna");
    row("not connected", {}, "Connecting to the meeting…", "");
    row("connecting", {.meeting = State::Connecting, .sharer = {}}, "Connecting to the meeting…", "");
    row("nobody shares", {.meeting = State::InMeeting, .sharer = {}}, "Waiting for somebody to share",
        "Cancel");
    row("lobby", {.meeting = State::InMeeting, .sharer = anna}, "Waiting to be let in", "Cancel");
    row("invited", {.meeting = State::InMeeting, .viewing = Viewing::Invited, .sharer = anna},
        "Anna shares the desktop with you", "View");
    row("session connects", {.meeting = State::InMeeting, .viewing = Viewing::Connecting, .sharer = anna},
        "Connecting to the desktop of Anna…", "");
    row("no picture yet", {.meeting = State::InMeeting, .viewing = Viewing::Active, .sharer = anna},
        "Connecting to the desktop of Anna…", "");
    row("live", {.meeting = State::InMeeting, .viewing = Viewing::Active, .hasPicture = true, .sharer = anna},
        "", "");
    row("live without the server", {.viewing = Viewing::Active, .hasPicture = true, .sharer = anna}, "", "");
    row("interrupted",
        {.meeting = State::InMeeting,
            .viewing = Viewing::Active,
            .hasPicture = true,
            .isInterrupted = true,
            .sharer = anna},
        "The connection is interrupted", "");
    row("stopped",
        {.meeting = State::InMeeting, .endedBy = ErrorCode::Gone, .hasPicture = true, .sharer = anna},
        "Anna has stopped sharing.", "Close");
    row("lost", {.endedBy = ErrorCode::ConnectionLost, .hasPicture = true, .sharer = anna},
        "The connection was lost.", "Close");
    row("no such meeting", {.endedBy = ErrorCode::NotFound, .sharer = {}},
        "This meeting does not exist, or is over.", "Close");
    row("connects again",
        {.viewing = Viewing::Connecting, .endedBy = ErrorCode::Gone, .hasPicture = true, .sharer = anna},
        "Connecting to the desktop of Anna…", "");
}

void TestViewerNotice::heading()
{
    QFETCH(const ViewerSituation, situation);
    const Notice notice = viewerNotice(situation);
    QTEST(notice.heading, "heading");
    QTEST(notice.action, "action");
}

void TestViewerNotice::everyEndSaysWhatNext()
{
    for (int code = 0; code <= static_cast<int>(ErrorCode::EndedByPresenter); ++code) {
        const Notice notice = viewerNotice({.endedBy = static_cast<ErrorCode>(code), .sharer = {}});
        QVERIFY(!notice.heading.isEmpty());
        QVERIFY(!notice.detail.isEmpty());
    }
}

QTEST_APPLESS_MAIN(TestViewerNotice)
#include "tst_viewer_notice.moc"
