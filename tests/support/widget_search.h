#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>

/// The control that people know under this name: a visible one if there are several; null: none.
template <typename Widget> Widget* find(const QWidget& in, const char* accessibleName)
{
    Widget* found = nullptr;
    for (Widget* widget : in.findChildren<Widget*>()) {
        if (widget->accessibleName() != QString::fromUtf8(accessibleName))
            continue;
        if (widget->isVisible())
            return widget;
        found = widget;
    }
    return found;
}

inline bool isShown(const QWidget& in, const char* accessibleName)
{
    const QWidget* const widget = find<QWidget>(in, accessibleName);
    return widget && widget->isVisible();
}

/// Whether a label or a message with this text can be read somewhere.
inline bool isReadable(const QWidget& in, const QString& text)
{
    for (const QLabel* label : in.findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}
