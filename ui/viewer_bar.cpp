#include "ui/viewer_bar.h"

#include "ui/icon.h"
#include "ui/monitor_chooser.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace sightline {
namespace {

constexpr int kMarginOfWords = 40;

QToolButton* addButton(QHBoxLayout& layout, Symbol symbol, const QString& text, const QString& explanation)
{
    auto* button = new QToolButton;
    button->setIcon(icon(symbol));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(explanation);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    layout.addWidget(button);
    return button;
}

} // namespace

ViewerBar::ViewerBar(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_monitors(new MonitorChooser)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 6, 3);
    layout->setSpacing(4);
    layout->setSizeConstraint(QLayout::SetNoConstraint); // minimumSizeHint() says how narrow it can be
    QFont font = m_title->font();
    font.setBold(true);
    m_title->setFont(font);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setAccessibleName(tr("Who shares"));
    m_title->setMinimumWidth(0);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_monitors);

    m_fit = addButton(
        *layout, Symbol::Fit, tr("Fit"), tr("Show all of the desktop, as large as the window allows"));
    m_oneToOne = addButton(*layout, Symbol::OneToOne, tr("1:1"), tr("Show each pixel as one pixel"));
    auto* scales = new QButtonGroup(this);
    for (QToolButton* button : {m_fit, m_oneToOne}) {
        button->setCheckable(true);
        scales->addButton(button);
    }
    QToolButton* fullScreen
        = addButton(*layout, Symbol::FullScreen, tr("Full screen"), tr("Use the whole screen (F11)"));
    QToolButton* stop
        = addButton(*layout, Symbol::Stop, tr("Stop viewing"), tr("Stop viewing and close this window"));

    connect(m_fit, &QToolButton::clicked, this, [this] { Q_EMIT scaleChosen(ViewScale::Fit); });
    connect(m_oneToOne, &QToolButton::clicked, this, [this] { Q_EMIT scaleChosen(ViewScale::OneToOne); });
    connect(fullScreen, &QToolButton::clicked, this, &ViewerBar::fullScreenChosen);
    connect(stop, &QToolButton::clicked, this, &ViewerBar::stopChosen);
    setScale(ViewScale::Fit);
}

QSize ViewerBar::minimumSizeHint() const
{
    const QSize size = QWidget::minimumSizeHint();
    return m_hasWords ? size - QSize(widthOfWords(), 0) : size;
}

int ViewerBar::widthOfWords() const
{
    int width = 0;
    for (const QToolButton* button : findChildren<QToolButton*>()) {
        if (button->isVisibleTo(this))
            width += button->fontMetrics().horizontalAdvance(button->text());
    }
    return width;
}

void ViewerBar::chooseWords()
{
    const int least = minimumSizeHint().width();
    // Without the margin the two would take turns.
    const bool hasRoom = width() >= least + widthOfWords() + (m_hasWords ? 0 : kMarginOfWords);
    if (m_hasWords == hasRoom)
        return;
    m_hasWords = hasRoom;
    for (QToolButton* button : findChildren<QToolButton*>())
        button->setToolButtonStyle(hasRoom ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

bool ViewerBar::event(QEvent* event)
{
    const bool isDone = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        chooseWords();
    return isDone;
}

void ViewerBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    chooseWords();
}

void ViewerBar::setTitle(const QString& title)
{
    m_title->setText(title);
    m_title->setToolTip(title.toHtmlEscaped());
}

void ViewerBar::setControls(QWidget* controls)
{
    static_cast<QHBoxLayout*>(layout())->insertWidget(1, controls);
}

void ViewerBar::setScale(ViewScale scale)
{
    (scale == ViewScale::Fit ? m_fit : m_oneToOne)->setChecked(true);
}

} // namespace sightline
