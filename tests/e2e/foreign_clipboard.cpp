#include "tests/e2e/foreign_clipboard.h"

#include <QFile>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace sightline {
namespace {

constexpr int kPatience = 20000;

void end(QProcess* process)
{
    if (!process || process->state() == QProcess::NotRunning)
        return;
    process->kill();
    process->waitForFinished(kPatience);
}

} // namespace

ForeignClipboard::ForeignClipboard(const Xvfb& screen)
    : m_screen(screen)
{
}

ForeignClipboard::~ForeignClipboard()
{
    end(m_owner.get());
}

std::unique_ptr<QProcess> ForeignClipboard::start(const QString& program, const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_screen.displayName()));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("NO_AT_BRIDGE"), QStringLiteral("1"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process->setProcessEnvironment(environment);
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->start(program, arguments);
    return process;
}

bool ForeignClipboard::copy(const QByteArray& content, Tool tool, const QString& target)
{
    const QString path = m_files.filePath(QStringLiteral("content"));
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return false;
    }
    const QString clipboard = QStringLiteral("clipboard");
    std::unique_ptr<QProcess> owner;
    if (tool == Tool::Xclip) {
        // In the foreground, so that it is ours to end.
        owner = start(QStringLiteral("xclip"),
            {QStringLiteral("-verbose"), QStringLiteral("-selection"), clipboard, QStringLiteral("-target"),
                target, QStringLiteral("-in"), path});
    } else {
        owner = start(QStringLiteral("sh"),
            {QStringLiteral("-c"), QStringLiteral("exec xsel --clipboard --input --nodetach < \"$0\""),
                path});
    }
    const bool isStarted = owner->waitForStarted(kPatience);
    end(m_owner.get());
    m_owner = std::move(owner);
    // From then on it has the clipboard, not from when it has started.
    return isStarted && QTest::qWaitFor([&] { return paste(Tool::Xclip, target) == content; }, kPatience);
}

std::optional<QByteArray> ForeignClipboard::paste(Tool tool, const QString& target) const
{
    const QString clipboard = QStringLiteral("clipboard");
    const auto process = tool == Tool::Xclip
        ? start(QStringLiteral("xclip"),
            {QStringLiteral("-selection"), clipboard, QStringLiteral("-target"), target,
                QStringLiteral("-out")})
        : start(QStringLiteral("xsel"), {QStringLiteral("--clipboard"), QStringLiteral("--output")});
    const bool isDone = QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, kPatience);
    if (!isDone)
        end(process.get());
    if (!isDone || process->exitCode() != 0)
        return std::nullopt;
    return process->readAllStandardOutput();
}

bool ForeignClipboard::becomes(const QByteArray& content, Tool tool) const
{
    return QTest::qWaitFor([&] { return paste(tool) == content; }, kPatience);
}

std::unique_ptr<QProcess> ForeignClipboard::open(
    const QString& program, const QStringList& arguments, const QString& title) const
{
    auto process = start(program, arguments);
    const bool isOpen = process->waitForStarted(kPatience)
        && hands({QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
            QStringLiteral("--name"), title, QStringLiteral("windowfocus"), QStringLiteral("--sync")});
    return isOpen ? std::move(process) : nullptr;
}

bool ForeignClipboard::hands(const QStringList& words) const
{
    return m_screen.run(QStringLiteral("xdotool"), words);
}

} // namespace sightline
