#pragma once

#include "platform/linux/x11/x11_input_injector.h"
#include "tests/support/x11_text_client.h"
#include "tests/support/xvfb.h"

#include <algorithm>
#include <atomic>

namespace sightline {

inline constexpr Rect kArea{100, 50, 800, 600};
inline constexpr int kLock = 2;
inline constexpr ScancodeKey kLeftShift{0x2A};
inline constexpr ScancodeKey kLeftCtrl{0x1D};

inline ScancodeKey pressed(ScancodeKey key)
{
    key.isPressed = true;
    return key;
}

/// An X server, a program that has its focus, and an injector.
struct Desk {
    std::unique_ptr<Xvfb> server;
    std::unique_ptr<X11TextClient> client;
    std::unique_ptr<InputInjector> injector;
    std::atomic<int> localInputs = 0;
    std::atomic<int> hotkeys = 0;
    std::atomic<int> failures = 0;
    std::atomic<HotkeyState> hotkeyState = HotkeyState::Works;
    bool isReady = false;

    explicit Desk(const QString& layout = QStringLiteral("us"))
    {
        auto started = Xvfb::start();
        if (!started)
            return;
        server = *std::move(started);
        if (!useLayout(layout))
            return;
        client = X11TextClient::create(server->displayName(), kArea);
        auto created = X11InputInjector::create(server->displayName(),
            {.localInput = [this] { ++localInputs; },
                .takeBackHotkey = [this] { ++hotkeys; },
                .hotkeyStateChanged = [this](HotkeyState state) { hotkeyState = state; },
                .failed
                = [this](
                      const Error& error) { failures += error.code() == ErrorCode::NoDisplay ? 1 : 100; }});
        if (!created || !client)
            return;
        injector = *std::move(created);
        injector->setArea(kArea);
        injector->setHotkey({});
        isReady = true;
    }

    bool useLayout(const QString& layout) const
    {
        return server->run(QStringLiteral("setxkbmap"), {QStringLiteral("-layout"), layout});
    }
    void type(const QString& text) const
    {
        for (const QChar unit : text) {
            injector->inject(UnicodeKey{unit.unicode(), true});
            injector->inject(UnicodeKey{unit.unicode(), false});
        }
    }
    /// All of it has been injected and has arrived.
    bool settle() const
    {
        const auto marks = [this] {
            const auto& all = client->events();
            return std::count_if(all.begin(), all.end(), [](const auto& event) {
                return event.kind == X11TextClient::Event::Kind::ButtonRelease && event.detail == 9;
            });
        };
        const auto before = marks();
        // The last of the buttons marks the end.
        injector->inject(PointerButton{MouseButton::Forward, true, {1, 1}});
        injector->inject(PointerButton{MouseButton::Forward, false, {1, 1}});
        return client->waitUntil([&] { return marks() > before; });
    }
    QString story() const
    {
        QString all = settle() ? client->story() : QStringLiteral("nothing came");
        client->forget();
        return all.remove(QLatin1StringView(" +9 -9")).remove(QLatin1StringView("+9 -9"));
    }
};

} // namespace sightline
