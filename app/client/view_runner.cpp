#include "app/client/view_runner.h"

#include "app/client/exit_code.h"
#include "app/client/interruption_text.h"
#include "core/base/log.h"
#include "ui/error_text.h"

#include <QSaveFile>
#include <QTimer>

#include <cstdio>
#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// After the first frame the rest of the picture is refined, and a window draws itself: the first screenshot
// waits for that. The last one is written at the end.
constexpr auto kScreenshotDelay = 1500ms;

void say(const QString& line)
{
    std::fputs(qPrintable(line), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

} // namespace

QImage imageOf(const RemoteScreen& screen)
{
    QImage image;
    screen.withPicture([&image](const PictureView& picture) {
        if (picture.width == 0 || picture.height == 0)
            return;
        image = QImage(reinterpret_cast<const uchar*>(picture.pixels), picture.width, picture.height,
            picture.stride * 4, QImage::Format_RGB32)
                    .copy();
    });
    return image;
}

ViewRunner::ViewRunner(const ClientCommand& command, Conversation& conversation, Screenshot screenshot)
    : m_command(command)
    , m_conversation(conversation)
    , m_screenshot(std::move(screenshot))
{
    connect(&m_conversation, &Conversation::viewingStateChanged, this, &ViewRunner::onViewingStateChanged);
    connect(&m_conversation, &Conversation::viewingEnded, this, &ViewRunner::onEnded);
    connect(&m_conversation, &Conversation::ended, this, &ViewRunner::onEnded);
    connect(&m_conversation, &Conversation::serverLost, this, [this](const Error& error) {
        const bool isOn = m_conversation.viewingState() == Conversation::ViewingState::Active;
        std::fprintf(stderr, "sightline: the server is gone, %s (%s)\n",
            isOn ? "the session goes on" : "trying to reach it again", qPrintable(error.toString()));
    });
    connect(&m_conversation, &Conversation::serverRegained, this,
        [] { say(QStringLiteral("The server is back")); });
    connect(&m_conversation, &Conversation::interruptionChanged, this, [this] { onInterruptionChanged(); });
    connect(&m_conversation, &Conversation::serverAskedFor, this,
        [] { say(QStringLiteral("The two cannot reach each other, the server is asked to help")); });
    connect(&m_conversation, &Conversation::stateChanged, this, [this] {
        if (m_conversation.state() == Conversation::State::InLobby)
            say(QStringLiteral("Waiting in the lobby"));
    });
    connect(&m_conversation.control(), &SessionControl::changed, this, &ViewRunner::onControlChanged);
    connect(&m_conversation, &Conversation::statisticsChanged, this,
        [this](const SessionStatistics& statistics) { m_statistics.write(statistics); });
}

Result<void> ViewRunner::start()
{
    if (Result<void> opened = m_statistics.open(m_command.statisticsFile); !opened)
        return opened;
    m_conversation.joinMeeting(*m_command.link, {}, m_command.passcode);
    return {};
}

void ViewRunner::onViewingStateChanged()
{
    if (m_conversation.viewingState() != Conversation::ViewingState::Active
        || std::exchange(m_wasActive, true))
        return;
    if (m_conversation.isThroughServer())
        say(QStringLiteral("Viewing the desktop of %1").arg(m_conversation.partnerName()));
    else
        say(QStringLiteral("Viewing the desktop of %1, security code %2")
                .arg(m_conversation.partnerName(), m_conversation.securityCode()));
    onInterruptionChanged();
    if (!m_command.screenshotFile.isEmpty())
        QTimer::singleShot(kScreenshotDelay, this, &ViewRunner::writeScreenshot);
}

void ViewRunner::onInterruptionChanged()
{
    const bool isThroughServer = m_conversation.isThroughServer()
        && m_conversation.viewingState() == Conversation::ViewingState::Active;
    if (std::exchange(m_isThroughServer, isThroughServer) != isThroughServer && isThroughServer)
        say(throughServerNotice(m_conversation.serverName()));
    const bool isInterrupted = m_conversation.isInterrupted();
    if (std::exchange(m_isInterrupted, isInterrupted) != isInterrupted)
        say(interruptionText(isInterrupted));
}

void ViewRunner::onControlChanged()
{
    const bool isPaused = m_conversation.control().isPaused();
    if (m_conversation.viewingState() == Conversation::ViewingState::Active
        && std::exchange(m_isPaused, isPaused) != isPaused)
        say(isPaused ? QStringLiteral("Sharing is paused") : QStringLiteral("Sharing goes on"));
}

void ViewRunner::onEnded(const Error& error)
{
    if (m_isFinished)
        return;
    SessionStatistics last = m_conversation.statistics();
    last.state = QStringLiteral("ended");
    m_statistics.write(last);
    m_exitCode = exitCodeFor(error.code());
    const QString text = QStringLiteral("%1 (%2)").arg(errorText(error).toString(), error.toString());
    if (m_exitCode == 0)
        say(text);
    else
        std::fprintf(stderr, "sightline: %s\n", qPrintable(text));
    if (!m_command.hasUi)
        finish(m_exitCode);
}

void ViewRunner::stop()
{
    finish(m_exitCode);
}

void ViewRunner::writeScreenshot()
{
    if (m_command.screenshotFile.isEmpty() || !m_wasActive)
        return;
    // A reader sees the old file or the new one, never half of one.
    QSaveFile file(m_command.screenshotFile);
    const bool isWritten
        = file.open(QIODevice::WriteOnly) && m_screenshot().save(&file, "PNG") && file.commit();
    if (!isWritten) {
        std::fprintf(stderr, "sightline: cannot write the screenshot to %s: %s\n",
            qPrintable(file.fileName()), qPrintable(file.errorString()));
    }
}

void ViewRunner::finish(int exitCode)
{
    if (std::exchange(m_isFinished, true))
        return;
    writeScreenshot();
    m_conversation.leave();
    Q_EMIT finished(exitCode);
}

} // namespace sightline
