#pragma once

#include "tests/support/xvfb.h"

#include <QProcess>
#include <QTemporaryDir>

#include <optional>

namespace sightline {

/// What other people's programs do with the clipboard of one display. Every wait is bounded, and runs events.
class ForeignClipboard {
public:
    enum class Tool { Xclip, Xsel };

    explicit ForeignClipboard(const Xvfb& screen);
    ~ForeignClipboard();

    /// Until the next copy, or somebody else's; done when the clipboard has it. `target`: what it is called
    /// there, as image/png; xsel knows texts only.
    bool copy(const QByteArray& content, Tool tool = Tool::Xclip,
        const QString& target = QStringLiteral("UTF8_STRING"));
    /// None: there is nothing of that kind.
    std::optional<QByteArray> paste(
        Tool tool = Tool::Xclip, const QString& target = QStringLiteral("UTF8_STRING")) const;
    /// Whether it is this, soon.
    bool becomes(const QByteArray& content, Tool tool = Tool::Xclip) const;

    /// Starts a program here that shows a window, and gives that the keyboard.
    std::unique_ptr<QProcess> open(
        const QString& program, const QStringList& arguments, const QString& title) const;
    /// xdotool's words for what hands do.
    bool hands(const QStringList& words) const;

private:
    std::unique_ptr<QProcess> start(const QString& program, const QStringList& arguments) const;

    const Xvfb& m_screen;
    QTemporaryDir m_files;
    std::unique_ptr<QProcess> m_owner;
};

} // namespace sightline
