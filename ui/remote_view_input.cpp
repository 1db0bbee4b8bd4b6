// The half of RemoteView that takes input.

#include "ui/remote_view.h"

#include <QPainter>

#include <cmath>
#include <utility>

namespace sightline {
namespace {

// X servers and window systems refuse larger pointers.
constexpr int kLargestPointer = 128;

} // namespace

void RemoteView::setInputSink(RemoteInput::Sink sink)
{
    if (m_input)
        m_input->releaseAll();
    m_input.reset();
    if (sink) {
        m_input = std::make_unique<RemoteInput>(
            std::move(sink), [this](QPointF position) { return locate(position); });
        m_input->setKeptKeys(m_keptKeys);
        m_input->setKeyboardMode(m_keyboardMode);
        m_input->setLockKeySource(m_lockKeySource);
        if (hasFocus())
            m_input->synchroniseLockKeys();
    }
    setAttribute(Qt::WA_InputMethodEnabled, isTakingInput());
    viewport()->setMouseTracking(isTakingInput());
    updatePointer();
    viewport()->update(toLogical(m_geometry.toPane(cursorRect())));
}

void RemoteView::setKeptKeys(std::vector<QKeyCombination> keys)
{
    m_keptKeys = std::move(keys);
    if (m_input)
        m_input->setKeptKeys(m_keptKeys);
}

void RemoteView::setKeyboardMode(RemoteKeyboard::Mode mode)
{
    m_keyboardMode = mode;
    if (m_input)
        m_input->setKeyboardMode(mode);
}

void RemoteView::setLockKeySource(std::function<std::optional<LockKeys>()> source)
{
    m_lockKeySource = std::move(source);
    if (m_input)
        m_input->setLockKeySource(m_lockKeySource);
}

RemoteInput::Place RemoteView::locate(QPointF position) const
{
    const qreal ratio = devicePixelRatioF();
    const Point pixel{static_cast<int>(std::floor(position.x() * ratio)),
        static_cast<int>(std::floor(position.y() * ratio))};
    return {m_geometry.toRemote(pixel), m_geometry.target().contains({pixel.x, pixel.y, 1, 1})};
}

bool RemoteView::isRemotePointerPainted() const
{
    return !m_input || !viewport()->underMouse();
}

void RemoteView::updatePointer()
{
    const Rect target = m_geometry.target();
    const Size shape = m_cursor.shape.size;
    if (!m_input || target.isEmpty()) {
        viewport()->unsetCursor();
        return;
    }
    if (m_cursorImage.isNull() || shape.isEmpty()) {
        // A program there hides it; a cross is what remains to aim by, as nobody else paints one.
        viewport()->setCursor(Qt::CrossCursor);
        return;
    }
    const qreal ratio = devicePixelRatioF();
    const qreal largest = static_cast<qreal>(kLargestPointer) / std::max(shape.width, shape.height);
    const qreal scale = std::min(static_cast<qreal>(target.width) / m_geometry.shown().width, largest);
    const QSize size = (m_cursorImage.size() * scale).expandedTo({1, 1});
    QPixmap pixmap = QPixmap::fromImage(scale == 1
            ? m_cursorImage
            : m_cursorImage.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(ratio);
    const auto hot = [&](int value) { return static_cast<int>(value * scale / ratio); };
    viewport()->setCursor(QCursor(pixmap, hot(m_cursor.shape.hotSpot.x), hot(m_cursor.shape.hotSpot.y)));
}

QVariant RemoteView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return isTakingInput();
    case Qt::ImCursorRectangle: // where the window of an input method opens
        return toLogical(m_geometry.toPane({m_cursor.position.x, m_cursor.position.y, 1, 16}));
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

} // namespace sightline
