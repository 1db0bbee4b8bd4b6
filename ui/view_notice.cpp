#include "ui/view_notice.h"

#include <QAccessible>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr int kWidth = 420;
constexpr int kMargin = 16;
constexpr qreal kRadius = 8;

QLabel* addLabel(QVBoxLayout& layout)
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    layout.addWidget(label);
    return label;
}

} // namespace

ViewNotice::ViewNotice(QWidget* parent)
    : QFrame(parent)
    , m_action(new QPushButton)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(10);
    m_heading = addLabel(*layout);
    QFont font = m_heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    font.setBold(true);
    m_heading->setFont(font);
    m_detail = addLabel(*layout);
    layout->addWidget(m_action, 0, Qt::AlignCenter);
    connect(m_action, &QPushButton::clicked, this, &ViewNotice::actionChosen);
    parent->installEventFilter(this);
    hide();
}

void ViewNotice::setNotice(const Notice& notice)
{
    m_heading->setText(notice.heading);
    m_detail->setText(notice.detail);
    m_detail->setVisible(!notice.detail.isEmpty());
    m_action->setText(notice.action);
    m_action->setAccessibleName(notice.action);
    m_action->setVisible(!notice.action.isEmpty());
    setAccessibleName(notice.heading);
    setAccessibleDescription(notice.detail);
    setVisible(!notice.isEmpty());
    place();
    if (isVisible()) {
        QAccessibleEvent announced(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&announced);
    }
}

bool ViewNotice::eventFilter(QObject* object, QEvent* event)
{
    if (object == parent() && (event->type() == QEvent::Resize || event->type() == QEvent::Show))
        place();
    return QFrame::eventFilter(object, event);
}

void ViewNotice::place()
{
    const QRect room = parentWidget()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const int width = qMax(1, qMin(kWidth, room.width()));
    layout()->activate();
    const int height = qMax(layout()->heightForWidth(width), layout()->minimumSize().height());
    setGeometry(room.center().x() - width / 2, room.center().y() - height / 2, width, height);
}

void ViewNotice::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace sightline
