#include "ui/debug_overlay.h"

#include "ui/remote_view.h"
#include "ui/status_text.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr Duration kTintFor = 400ms;
constexpr auto kTick = 100ms;
constexpr int kTintAlpha = 80;
constexpr int kMargin = 8;

struct Look {
    const char* name; ///< the field's term, in every language
    QColor color;
};

// By DrawnArea::Kind.
const std::array<Look, DrawingTally::kKinds> kLooks{{
    {"fill", {255, 255, 255}},
    {"copy", {0, 160, 255}},
    {"cache", {0, 220, 220}},
    {"uncompressed", {160, 160, 160}},
    {"planar", {0, 200, 0}},
    {"RemoteFX", {255, 160, 0}},
    {"AVC420", {230, 0, 200}},
}};

QString inKilobytes(std::size_t octets)
{
    return QLocale().toString(static_cast<double>(octets) / 1000, 'f', 1);
}

} // namespace

DebugOverlay::DebugOverlay(RemoteScreen& screen, RemoteView& view)
    : QWidget(view.viewport())
    , m_screen(screen)
    , m_view(view)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("How the picture came about"));
    hide();
    view.viewport()->installEventFilter(this);
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &DebugOverlay::onTick);
    connect(&screen, &RemoteScreen::painted, this, &DebugOverlay::onPainted, Qt::QueuedConnection);
}

DebugOverlay::~DebugOverlay()
{
    m_screen.setTraced(false);
}

void DebugOverlay::setShown(bool isShown)
{
    m_isShown = isShown;
    m_screen.setTraced(isShown);
    m_tally = {};
    resize(m_view.viewport()->size());
    setVisible(isShown);
    raise();
}

void DebugOverlay::setStatistics(const SessionStatistics& statistics)
{
    m_statistics = statistics;
    if (m_isShown)
        update();
}

QStringList DebugOverlay::lines() const
{
    const StatusText status = statusText(m_statistics);
    QStringList lines;
    for (const QString& text : {status.path, status.roundTrip, status.frames, status.rate}) {
        if (!text.isEmpty())
            lines.append(text);
    }
    if (!lines.isEmpty())
        lines = {lines.join(QStringLiteral("   "))};
    const DrawingTally::Summary summary = m_tally.summary();
    const auto slowest = std::chrono::duration<double, std::milli>(summary.slowest).count();
    lines.append(tr("decoding a frame: %1 ms at most").arg(QLocale().toString(slowest, 'f', 1)));
    for (std::size_t i = 0; i < kLooks.size(); ++i) {
        const DrawingTally::Kind& kind = summary.kinds[i];
        if (kind.areas > 0) {
            lines.append(tr("%1: %2 areas, %3 kB", "a codec, in the last second")
                             .arg(QLatin1StringView(kLooks[i].name))
                             .arg(kind.areas)
                             .arg(inKilobytes(kind.octets)));
        }
    }
    return lines;
}

bool DebugOverlay::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        resize(m_view.viewport()->size());
    return QWidget::eventFilter(object, event);
}

void DebugOverlay::onPainted()
{
    if (!m_isShown)
        return;
    for (DrawnFrame& frame : m_screen.takeDrawn())
        m_tally.add(std::move(frame), Clock::now());
    if (!m_tally.isEmpty() && !m_tick.isActive())
        m_tick.start();
    update();
}

void DebugOverlay::onTick()
{
    m_tally.expire(Clock::now());
    if (m_tally.isEmpty())
        m_tick.stop();
    update();
}

void DebugOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const qreal ratio = devicePixelRatioF();
    const ViewGeometry& geometry = m_view.geometryOfPicture();
    painter.save();
    painter.scale(1 / ratio, 1 / ratio);
    for (const DrawnArea& area : m_tally.areasSince(Clock::now() - kTintFor)) {
        const Rect place = geometry.toPane(area.rect);
        QColor color = kLooks[static_cast<std::size_t>(area.kind)].color;
        color.setAlpha(kTintAlpha);
        painter.fillRect(place.x, place.y, place.width, place.height, color);
    }
    painter.restore();

    const QStringList said = lines();
    const QString text = said.join(QLatin1Char('\n'));
    const QRect wanted = painter.boundingRect(rect().adjusted(2 * kMargin, 2 * kMargin, 0, 0), 0, text);
    painter.fillRect(wanted.adjusted(-kMargin, -kMargin, kMargin, kMargin), QColor(0, 0, 0, 190));
    painter.setPen(Qt::white);
    painter.drawText(wanted, 0, text);
}

} // namespace sightline
