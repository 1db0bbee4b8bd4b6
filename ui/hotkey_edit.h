#pragma once

#include "core/graphics/hotkey.h"

#include <QLineEdit>

namespace sightline {

/// A field that shows a hotkey and takes the one that is pressed in it. Keys that are none (without Ctrl, Alt
/// or Super) do what they do in every dialog, so that Tab leaves the field and Escape the dialog. GUI thread.
class HotkeyEdit : public QLineEdit {
    Q_OBJECT
public:
    explicit HotkeyEdit(const Hotkey& hotkey, QWidget* parent = nullptr);

    const Hotkey& hotkey() const { return m_hotkey; }
    void setHotkey(const Hotkey& hotkey);

Q_SIGNALS:
    void hotkeyChanged();
    void refused(); ///< what was pressed is no hotkey

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Hotkey m_hotkey;
};

} // namespace sightline
