#pragma once

#include "core/graphics/input_injector.h"

#include <QByteArray>

#include <memory>

namespace sightline {

/// Injects input into an X11 desktop by XTEST, on a thread and a connection of its own.
///
/// Takes back control by the hotkey of a real keyboard; the viewer's goes to the programs. What has not been
/// injected when releaseAll() is called is dropped.
class X11InputInjector : public InputInjector {
public:
    /// `displayName` as in DISPLAY, ":0". NoDisplay: it cannot be reached, or lacks XTEST, XKB or XInput 2.2.
    static Result<std::unique_ptr<InputInjector>> create(const QByteArray& displayName, Handlers handlers);
    ~X11InputInjector() override;

    void setHotkey(const Hotkey& hotkey) override;
    void setArea(const Rect& area) override;
    void inject(const InputEvent& event) override;
    void releaseAll() override;

private:
    class Private;
    explicit X11InputInjector(std::unique_ptr<Private> d);

    std::unique_ptr<Private> m_d;
};

} // namespace sightline
