#include "app/client/client_command.h"
#include "app/client/desktop_app.h"
#include "app/client/exit_code.h"
#include "app/client/language.h"
#include "app/client/server_provider.h"
#include "app/client/share_runner.h"
#include "app/client/view_runner.h"
#include "app/common/termination_signal.h"
#include "core/session/conversation.h"
#include "platform/input_injector_factory.h"
#include "platform/lock_key_state.h"
#include "platform/screen_capture_factory.h"
#include "ui/clipboard_bridge.h"
#include "ui/contrast_style.h"
#include "ui/error_text.h"
#include "ui/main_window.h"
#include "ui/passcode_question.h"
#include "ui/share_overlay.h"
#include "ui/viewer_window.h"

#include <QApplication>
#include <QLoggingCategory>
#include <QPixmap>

#include <cstdio>
#include <memory>

using namespace sightline;

namespace {

int fail(const Error& error)
{
    // Mistakes in the call explain themselves; other failures get the sentence that people know from the
    // windows.
    const int exitCode = exitCodeFor(error.code());
    if (exitCode == 2)
        std::fprintf(stderr, "sightline: %s\n", qPrintable(error.toString()));
    else
        std::fprintf(stderr, "sightline: %s (%s)\n", qPrintable(errorText(error).toString()),
            qPrintable(error.toString()));
    return exitCode;
}

/// Qt aborts the process when it finds no display; a person gets a sentence instead.
Result<void> checkDisplay()
{
#ifdef Q_OS_LINUX
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    if (!platform.isEmpty() && !platform.startsWith("xcb"))
        return {};
    if (platform.isEmpty() && !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return {};
    const Result<std::unique_ptr<ScreenCapture>> capture = openScreenCapture();
    if (!capture && capture.error().code() == ErrorCode::NoDisplay)
        return capture.error();
#endif
    return {};
}

Conversation::Options conversationOptions(const ClientCommand& command)
{
    return {.displayName = command.displayName,
        .openCapture = openScreenCapture,
        .openInjector = openInputInjector,
        .controlPolicy = command.grantControl ? ControlPolicy::Always : ControlPolicy::Ask,
        .admitAll = command.admitAll,
        .acceptAll = command.action == ClientCommand::Action::View,
        .maxFramesPerSecond = command.maxFramesPerSecond};
}

/// Runs the application until the runner is finished or a signal asks for the end.
template <typename Runner> int runUntilFinished(QCoreApplication& application, Runner& runner)
{
    int exitCode = 0;
    TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, &runner, [&runner] { runner.stop(); });
    QObject::connect(
        &runner, &Runner::finished, &application,
        [&exitCode](int code) {
            exitCode = code;
            QCoreApplication::exit(code);
        },
        Qt::QueuedConnection);
    if (const Result<void> started = runner.start(); !started)
        return fail(started.error());
    const int left = application.exec();
    return exitCode != 0 ? exitCode : left;
}

int shareWithoutWindow(int argc, char** argv, const ClientCommand& command)
{
    // Who gets control shares the clipboard too, and that takes Qt's own connection to the desktop.
    std::unique_ptr<QCoreApplication> application;
    if (command.grantControl)
        application = std::make_unique<QGuiApplication>(argc, argv);
    else
        application = std::make_unique<QCoreApplication>(argc, argv);
    ServerProvider servers(command.server, command.port);
    Conversation conversation(conversationOptions(command));
    std::optional<ClipboardBridge> clipboard;
    if (command.grantControl)
        clipboard.emplace(conversation.clipboard());
    ShareRunner runner(command, conversation, servers);
    return runUntilFinished(*application, runner);
}

int viewWithoutWindow(int argc, char** argv, const ClientCommand& command)
{
    QCoreApplication application(argc, argv);
    Conversation conversation(conversationOptions(command));
    ViewRunner runner(
        command, conversation, [&conversation] { return imageOf(conversation.remoteScreen()); });
    return runUntilFinished(application, runner);
}

int viewInWindow(int argc, char** argv, const ClientCommand& command)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new ContrastStyle); // Qt's to delete
    installLanguage(command.language);
    Conversation conversation(conversationOptions(command));
    ViewerWindow window(conversation,
        {.fullScreen = command.fullScreen,
            .scale = command.isExactScale ? ViewScale::OneToOne : ViewScale::Fit,
            .lockKeys = lockKeyState});
    new PasscodeQuestion(conversation, window);
    const ClipboardBridge clipboard(conversation.clipboard());
    ViewRunner runner(command, conversation, [&window] { return window.grab().toImage(); });
    QObject::connect(&window, &ViewerWindow::closed, &runner, &ViewRunner::stop);
    window.show();
    return runUntilFinished(application, runner);
}

int shareInWindow(int argc, char** argv, const ClientCommand& command)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new ContrastStyle); // Qt's to delete
    installLanguage(command.language);
    ServerProvider servers(command.server, command.port);
    Conversation conversation(conversationOptions(command));
    MainWindow window(
        conversation, [&servers] { return servers.address(); }, command.displayName);
    const ClipboardBridge clipboard(conversation.clipboard());
    window.setLockKeys(lockKeyState);
    const ShareOverlay overlay(conversation);
    ShareRunner runner(command, conversation, servers);
    window.show();
    return runUntilFinished(application, runner);
}

int openApp(int argc, char** argv, const ClientCommand& command)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new ContrastStyle); // Qt's to delete
    installLanguage(command.language);
    TerminationSignal termination;
    QObject::connect(
        &termination, &TerminationSignal::received, &application, [] { QCoreApplication::quit(); });
    Conversation conversation(conversationOptions(command));
    const ClipboardBridge clipboard(conversation.clipboard());
    const ShareOverlay overlay(conversation);
    DesktopApp app(command, conversation);
    app.start();
    return application.exec();
}

int run(int argc, char** argv, const ClientCommand& command)
{
    if (!command.hasUi)
        return command.action == ClientCommand::Action::Share ? shareWithoutWindow(argc, argv, command)
                                                              : viewWithoutWindow(argc, argv, command);
    if (const Result<void> display = checkDisplay(); !display)
        return fail(display.error());
    switch (command.action) {
    case ClientCommand::Action::Share:
        return shareInWindow(argc, argv, command);
    case ClientCommand::Action::View:
        return viewInWindow(argc, argv, command);
    default:
        return openApp(argc, argv, command);
    }
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("sightline"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SIGHTLINE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("sightline"));
    // People read our own sentences; QT_LOGGING_RULES brings the log lines back.
    QLoggingCategory::setFilterRules(QStringLiteral("sightline.*.info=false"));

    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const Result<ClientCommand> command = ClientCommand::parse(arguments);
    if (!command)
        return fail(command.error());
    if (command->action == ClientCommand::Action::ShowHelp) {
        std::fputs(qPrintable(ClientCommand::helpText()), stdout);
        return 0;
    }
    if (command->action == ClientCommand::Action::ShowVersion) {
        std::puts("sightline " SIGHTLINE_VERSION);
        return 0;
    }
    return run(argc, argv, *command);
}
