#include "ui/share_bar.h"

#include "ui/icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

// Long enough to read the line and to find a button; then what is below matters more.
constexpr std::chrono::milliseconds kFoldAfter{4000};
constexpr QSize kHandleSize{96, 8};
constexpr int kStripe = 4;

} // namespace

ShareBar::ShareBar()
    : QWidget(nullptr,
        Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint | Qt::BypassWindowManagerHint
            | Qt::WindowDoesNotAcceptFocus)
    , m_content(new QWidget(this))
    , m_text(new QLabel)
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setWindowTitle(tr("Sharing"));
    setAccessibleName(tr("Sharing"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAccessibleName(tr("Who sees your desktop"));
    auto* layout = new QHBoxLayout(m_content);
    layout->setContentsMargins(10, 3, 6, 3 + kStripe);
    layout->setSpacing(4);
    layout->addWidget(m_text);
    layout->addSpacing(6);
    m_pause = addButton(tr("Pause"));
    m_control = addButton(tr("Give control"));
    m_nextMonitor = addButton(tr("Next monitor"));
    m_stop = addButton(tr("Stop sharing"));
    m_nextMonitor->setIcon(icon(Symbol::Share));
    m_nextMonitor->setAccessibleDescription(tr("Share one monitor after the other, and all of them"));
    m_control->setIcon(icon(Symbol::Control));
    m_stop->setIcon(icon(Symbol::Stop));
    connect(m_pause, &QToolButton::clicked, this, &ShareBar::pauseToggled);
    connect(m_control, &QToolButton::clicked, this, &ShareBar::controlToggled);
    connect(m_nextMonitor, &QToolButton::clicked, this, &ShareBar::nextMonitorChosen);
    connect(m_stop, &QToolButton::clicked, this, &ShareBar::stopChosen);

    m_foldTimer.setSingleShot(true);
    m_foldTimer.setInterval(kFoldAfter);
    connect(&m_foldTimer, &QTimer::timeout, this, [this] { setFolded(true); });
    m_foldTimer.start();
}

QToolButton* ShareBar::addButton(const QString& name)
{
    auto* button = new QToolButton;
    button->setText(name);
    button->setAccessibleName(name);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    m_content->layout()->addWidget(button);
    return button;
}

void ShareBar::setStatus(const Status& status)
{
    const bool isNews = m_text->text() != status.text;
    m_text->setText(status.text);
    m_color = status.color;
    m_pause->setIcon(icon(status.isPaused ? Symbol::Resume : Symbol::Pause));
    m_pause->setText(status.isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(status.isPaused ? tr("Resume sharing") : tr("Pause sharing"));
    m_control->setText(status.isControlled ? tr("Take back control") : tr("Give control"));
    m_control->setAccessibleName(m_control->text());
    m_control->setVisible(status.canGiveControl || status.isControlled);
    m_nextMonitor->setVisible(status.hasOtherMonitors);
    if (isNews && m_isFolded)
        setFolded(false);
    if (isNews && !underMouse())
        m_foldTimer.start();
    place();
    update();
}

void ShareBar::setEdge(const QRect& area)
{
    m_edge = area;
    place();
}

void ShareBar::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    m_content->setVisible(!isFolded);
    place();
}

void ShareBar::place()
{
    if (m_edge.isEmpty())
        return;
    const QSize size = (m_isFolded ? kHandleSize : m_content->sizeHint()).boundedTo(m_edge.size());
    const int middle = m_edge.x() + static_cast<int>(m_position * m_edge.width());
    const int left
        = std::clamp(middle - size.width() / 2, m_edge.x(), m_edge.x() + m_edge.width() - size.width());
    m_content->setGeometry(QRect(QPoint(), size));
    setGeometry(QRect(QPoint(left, m_edge.y()), size));
}

void ShareBar::enterEvent(QEnterEvent* event)
{
    QWidget::enterEvent(event);
    m_foldTimer.stop();
    if (m_isFolded)
        setFolded(false);
}

void ShareBar::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_foldTimer.start();
}

void ShareBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_dragFrom = geometry().center().x() - event->globalPosition().toPoint().x();
}

void ShareBar::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragFrom || m_edge.isEmpty())
        return;
    const int middle = event->globalPosition().toPoint().x() + *m_dragFrom;
    m_position = std::clamp(static_cast<double>(middle - m_edge.x()) / m_edge.width(), 0.0, 1.0);
    place();
}

void ShareBar::mouseReleaseEvent(QMouseEvent*)
{
    m_dragFrom.reset();
}

void ShareBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().window());
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.fillRect(QRect(0, height() - kStripe, width(), kStripe), m_color);
}

} // namespace sightline
