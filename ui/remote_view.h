#pragma once

#include "core/session/remote_screen.h"
#include "ui/remote_input.h"
#include "ui/view_geometry.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <memory>

class QPainter;

namespace sightline {

/// A pane that shows a RemoteScreen. GUI thread; `screen` outlives it.
///
/// What the session painted is on our screen as soon as the event loop comes round, and only that: nothing is
/// copied or scaled that did not change. The remote pointer is drawn on top of the picture and never into it.
class RemoteView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit RemoteView(RemoteScreen& screen, QWidget* parent = nullptr);

    void setScale(ViewScale scale);
    ViewScale scale() const { return m_geometry.scale; }
    /// Shows only this part of the remote desktop, one of its monitors; empty: all of it.
    void setPart(const Rect& part);
    /// Where in the remote desktop they are; none: not known.
    const Rects& monitors() const { return m_monitors; }
    /// Shows the picture darker: it is not live any more.
    void setDimmed(bool dimmed);
    bool isDimmed() const { return m_isDimmed; }

    /// Keyboard and mouse go to the remote desktop from now on: all keys but those of setKeptKeys(), also
    /// shortcuts of the window. Empty: they do not; what is held is released by the old sink.
    void setInputSink(RemoteInput::Sink sink);
    bool isTakingInput() const { return m_input != nullptr; }
    /// The combinations that stay here while input is taken.
    void setKeptKeys(std::vector<QKeyCombination> keys);
    void setKeyboardMode(RemoteKeyboard::Mode mode);
    /// See RemoteInput. None: the remote lock keys stay as they are.
    void setLockKeySource(std::function<std::optional<LockKeys>()> source);

    /// The size that this widget needs to show what is shown at 1:1 without scrolling; empty: none yet.
    QSize exactSize() const;
    QSize sizeHint() const override;
    /// Of the pane as it is now, in its physical pixels.
    const ViewGeometry& geometryOfPicture() const { return m_geometry; }
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    /// The remote desktop has another size now, the first, or a new one, or other monitors.
    void remoteResized();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void onPainted();
    void onResized();
    void onCursorChanged();

    RemoteInput::Place locate(QPointF position) const;
    void updatePointer(); ///< ours has the remote one's shape while input is taken
    bool isRemotePointerPainted() const;

    void layOut();
    void repaintPane(const Rects& parts); ///< in physical pixels of the pane
    Rect toPhysical(const QRect& logical) const;
    QRect toLogical(const Rect& physical) const;
    Rect cursorRect() const; ///< in remote coordinates; empty: not visible

    void paintPart(QPainter& painter, const Rect& part) const;
    void paintPicture(QPainter& painter, const PictureView& picture, const Rect& part) const;
    void paintCursor(QPainter& painter) const;

    RemoteScreen& m_screen;
    ViewGeometry m_geometry;
    Rects m_monitors;
    RemoteScreen::Cursor m_cursor;
    QImage m_cursorImage;
    bool m_isDimmed = false;
    std::unique_ptr<RemoteInput> m_input; ///< null: input is not taken
    std::vector<QKeyCombination> m_keptKeys;
    RemoteKeyboard::Mode m_keyboardMode = RemoteKeyboard::Mode::Meaning;
    std::function<std::optional<LockKeys>()> m_lockKeySource;
};

} // namespace sightline
