#include "ui/remote_view.h"

#include "ui/shrink.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <cmath>

namespace sightline {
namespace {

constexpr QColor kSurround{0, 0, 0};
constexpr QColor kDimming{40, 40, 40, 170};
constexpr QSize kSizeWithoutPicture{800, 450};
constexpr int kScrollStep = 40;

// The pixels stay where they are. Their X octet is undefined, which Format_RGB32 never looks at.
QImage wrapped(const PictureView& picture)
{
    return {reinterpret_cast<const uchar*>(picture.pixels), picture.width, picture.height,
        static_cast<qsizetype>(picture.stride) * 4, QImage::Format_RGB32};
}

QImage imageOf(const CursorShape& shape)
{
    const auto area = static_cast<std::size_t>(std::max(0, shape.size.width))
        * static_cast<std::size_t>(std::max(0, shape.size.height));
    if (shape.size.isEmpty() || shape.pixels.size() < area)
        return {};
    const QImage image(reinterpret_cast<const uchar*>(shape.pixels.data()), shape.size.width,
        shape.size.height, static_cast<qsizetype>(shape.size.width) * 4, QImage::Format_ARGB32);
    return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

QRect toQRect(const Rect& rect)
{
    return {rect.x, rect.y, rect.width, rect.height};
}

// Makes one unit one physical pixel, and the origin a whole one: at 125 % the pane may begin between two
// pixels, and then every blit would be an interpolation.
void usePhysicalPixels(QPainter& painter, qreal ratio)
{
    painter.scale(1 / ratio, 1 / ratio);
    const QTransform device = painter.deviceTransform();
    painter.translate(std::round(device.dx()) - device.dx(), std::round(device.dy()) - device.dy());
}

} // namespace

RemoteView::RemoteView(RemoteScreen& screen, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_screen(screen)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Remote desktop"));
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setAttribute(Qt::WA_NoSystemBackground);
    horizontalScrollBar()->setSingleStep(kScrollStep);
    verticalScrollBar()->setSingleStep(kScrollStep);
    connect(&screen, &RemoteScreen::painted, this, &RemoteView::onPainted, Qt::QueuedConnection);
    connect(&screen, &RemoteScreen::resized, this, &RemoteView::onResized, Qt::QueuedConnection);
    connect(&screen, &RemoteScreen::cursorChanged, this, &RemoteView::onCursorChanged, Qt::QueuedConnection);
    m_geometry.remote = screen.size();
    m_monitors = screen.monitors();
    layOut();
    // What was painted before us was announced to nobody, and nothing more would be before it is taken.
    onPainted();
    onCursorChanged();
}

void RemoteView::setScale(ViewScale scale)
{
    if (m_geometry.scale == scale)
        return;
    m_geometry.scale = scale;
    layOut();
}

void RemoteView::setPart(const Rect& part)
{
    if (m_geometry.part == part)
        return;
    m_geometry.part = part;
    layOut();
    updateGeometry();
}

void RemoteView::setDimmed(bool dimmed)
{
    if (std::exchange(m_isDimmed, dimmed) != dimmed)
        viewport()->update();
}

QSize RemoteView::exactSize() const
{
    const Rect shown = m_geometry.shown();
    const qreal ratio = devicePixelRatioF();
    if (shown.isEmpty())
        return {};
    return {
        static_cast<int>(std::ceil(shown.width / ratio)), static_cast<int>(std::ceil(shown.height / ratio))};
}

QSize RemoteView::sizeHint() const
{
    const QSize exact = exactSize();
    return exact.isEmpty() ? kSizeWithoutPicture : exact;
}

void RemoteView::onPainted()
{
    Rects parts;
    for (const Rect& dirty : m_screen.takeDirty())
        parts.push_back(m_geometry.toPane(dirty));
    repaintPane(parts);
}

void RemoteView::onResized()
{
    m_geometry.remote = m_screen.size();
    m_monitors = m_screen.monitors();
    layOut();
    updateGeometry();
    Q_EMIT remoteResized();
}

void RemoteView::onCursorChanged()
{
    const Rect before = m_geometry.toPane(cursorRect());
    RemoteScreen::Cursor cursor = m_screen.cursor();
    if (cursor.shape != m_cursor.shape)
        m_cursorImage = imageOf(cursor.shape);
    m_cursor = std::move(cursor);
    updatePointer();
    repaintPane({before, m_geometry.toPane(cursorRect())});
}

void RemoteView::layOut()
{
    const Rect all = toPhysical(QRect(QPoint(), maximumViewportSize()));
    ViewGeometry withoutBars = m_geometry;
    withoutBars.pane = {all.width, all.height};
    const Rect pane = toPhysical(viewport()->rect());
    // The bars take room away, and so could call for each other although neither is needed.
    const bool fits = withoutBars.scrollRange() == Point{};
    m_geometry.pane = fits ? withoutBars.pane : Size{pane.width, pane.height};
    const Point range = m_geometry.scrollRange();
    horizontalScrollBar()->setRange(0, range.x);
    horizontalScrollBar()->setPageStep(m_geometry.pane.width);
    verticalScrollBar()->setRange(0, range.y);
    verticalScrollBar()->setPageStep(m_geometry.pane.height);
    m_geometry.scroll = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
    updatePointer();
    viewport()->update();
}

// Synchronous on purpose: update() would leave it to an event of low priority behind all others, and the
// screen does not announce the next picture before this one was taken, so that repaints cannot pile up.
void RemoteView::repaintPane(const Rects& parts)
{
    QRegion region;
    for (const Rect& part : parts) {
        const Rect visible = intersected(part, {0, 0, m_geometry.pane.width, m_geometry.pane.height});
        if (!visible.isEmpty())
            region += toLogical(visible);
    }
    if (!region.isEmpty())
        viewport()->repaint(region);
}

Rect RemoteView::toPhysical(const QRect& logical) const
{
    const qreal ratio = devicePixelRatioF();
    const int left = static_cast<int>(std::floor(logical.x() * ratio));
    const int top = static_cast<int>(std::floor(logical.y() * ratio));
    const int right = static_cast<int>(std::ceil((logical.x() + logical.width()) * ratio));
    const int bottom = static_cast<int>(std::ceil((logical.y() + logical.height()) * ratio));
    return {left, top, right - left, bottom - top};
}

QRect RemoteView::toLogical(const Rect& physical) const
{
    const qreal ratio = devicePixelRatioF();
    const int left = static_cast<int>(std::floor(physical.x / ratio));
    const int top = static_cast<int>(std::floor(physical.y / ratio));
    const int right = static_cast<int>(std::ceil(physical.right() / ratio));
    const int bottom = static_cast<int>(std::ceil(physical.bottom() / ratio));
    return {left, top, right - left, bottom - top};
}

Rect RemoteView::cursorRect() const
{
    if (m_cursorImage.isNull())
        return {};
    const CursorShape& shape = m_cursor.shape;
    return {m_cursor.position.x - shape.hotSpot.x, m_cursor.position.y - shape.hotSpot.y, shape.size.width,
        shape.size.height};
}

void RemoteView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    usePhysicalPixels(painter, devicePixelRatioF());
    for (const QRect& exposed : event->region())
        paintPart(painter, toPhysical(exposed));
    paintCursor(painter);
    if (!m_isDimmed)
        return;
    for (const QRect& exposed : event->region())
        painter.fillRect(toQRect(toPhysical(exposed)), kDimming);
}

void RemoteView::paintPart(QPainter& painter, const Rect& part) const
{
    const Rect picturePart = intersected(part, m_geometry.target());
    if (!(picturePart == part)) {
        for (const QRect& outside : QRegion(toQRect(part)) - QRegion(toQRect(picturePart)))
            painter.fillRect(outside, kSurround);
    }
    if (picturePart.isEmpty())
        return;
    m_screen.withPicture([&](const PictureView& picture) {
        // Another size already, of which resized() is still on its way here: that paints everything.
        if (picture.width == m_geometry.remote.width && picture.height == m_geometry.remote.height)
            paintPicture(painter, picture.part(m_geometry.shown()), picturePart);
    });
}

void RemoteView::paintPicture(QPainter& painter, const PictureView& picture, const Rect& part) const
{
    const Rect target = m_geometry.target();
    const Rect fromTarget{part.x - target.x, part.y - target.y, part.width, part.height};
    if (m_geometry.isExact()) {
        painter.drawImage(QPoint(part.x, part.y), wrapped(picture), toQRect(fromTarget));
        return;
    }
    if (target.width <= picture.width && target.height <= picture.height) {
        const Picture small = shrunk(picture, {target.width, target.height}, fromTarget);
        painter.drawImage(QPoint(part.x, part.y), wrapped(small.view()));
        return;
    }
    painter.save();
    painter.setClipRect(toQRect(part));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(toQRect(target), wrapped(picture));
    painter.restore();
}

void RemoteView::paintCursor(QPainter& painter) const
{
    const Rect remote = cursorRect();
    const Rect target = m_geometry.target();
    if (remote.isEmpty() || target.isEmpty() || !isRemotePointerPainted())
        return;
    const Rect shown = m_geometry.shown();
    const qreal scaleX = static_cast<qreal>(target.width) / shown.width;
    const qreal scaleY = static_cast<qreal>(target.height) / shown.height;
    const QRectF place(target.x + (remote.x - shown.x) * scaleX, target.y + (remote.y - shown.y) * scaleY,
        remote.width * scaleX, remote.height * scaleY);
    painter.setClipRect(toQRect(target));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !m_geometry.isExact());
    painter.drawImage(place, m_cursorImage);
    painter.setClipping(false);
}

void RemoteView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

bool RemoteView::event(QEvent* event)
{
    // Before the focus goes on at Tab, and before the window's shortcuts.
    if (m_input && m_input->onPaneEvent(*event))
        return true;
    return QAbstractScrollArea::event(event);
}

bool RemoteView::viewportEvent(QEvent* event)
{
    if (m_input && m_input->onPictureEvent(*event)) {
        if (event->type() == QEvent::MouseButtonPress)
            setFocus(Qt::MouseFocusReason);
        return true;
    }
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        viewport()->update(toLogical(m_geometry.toPane(cursorRect())));
    // The window may have moved to a screen of another pixel density.
    if (event->type() == QEvent::Show || event->type() == QEvent::ScreenChangeInternal)
        layOut();
    return QAbstractScrollArea::viewportEvent(event);
}

void RemoteView::scrollContentsBy(int, int)
{
    m_geometry.scroll = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
    viewport()->update();
}

} // namespace sightline
