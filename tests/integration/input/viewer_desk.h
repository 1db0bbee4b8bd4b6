#pragma once

#include "tests/support/x11_hands.h"
#include "ui/remote_view.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTest>

#include <functional>

namespace sightline {

/// As QTest::qWaitFor(), which looks every ten milliseconds only.
inline bool waitBriefly(const std::function<bool()>& isTrue)
{
    QDeadlineTimer deadline(10000);
    while (!isTrue()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents();
    }
    return true;
}

/// A viewer's pane with the focus on the X server that Qt is a client of, and hands on the keyboard there.
struct ViewerDesk {
    RemoteScreen screen;
    std::unique_ptr<X11Hands> hands;
    std::unique_ptr<RemoteView> view;
    int sent = 0; ///< events, to see that the pane has had a key
    int down = 0;

    bool open(const QByteArray& displayName, const RemoteInput::Sink& sink)
    {
        hands = X11Hands::create(displayName);
        if (!hands)
            return false;
        screen.resize({800, 600});
        view = std::make_unique<RemoteView>(screen);
        view->setInputSink([this, sink](const InputEvent& event) {
            ++sent;
            const auto count = [this](const auto& input) {
                if constexpr (requires { input.isPressed; })
                    down += input.isPressed ? 1 : -1;
            };
            std::visit(count, event);
            sink(event);
        });
        view->setGeometry(0, 0, 800, 600);
        view->show();
        // Nobody manages windows here: the pointer's window has the keyboard.
        view->activateWindow();
        view->setFocus();
        return QTest::qWaitForWindowActive(view.get());
    }
    /// One character after the other, as hands do: Qt hands over what dead keys make before plain keys that
    /// are waiting. `meanwhile` runs as long as it takes.
    bool type(
        const QString& text, const std::function<void()>& meanwhile = [] {})
    {
        for (const QChar character : text) {
            const int before = sent;
            if (!hands->type(character) || !waitBriefly([&] {
                    meanwhile();
                    return sent > before && down == 0;
                }))
                return false;
        }
        return true;
    }
};

} // namespace sightline
