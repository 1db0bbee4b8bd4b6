#include "ui/monitor_chooser.h"

#include "ui/icon.h"
#include "ui/monitor_names.h"

#include <QActionGroup>
#include <QMenu>

namespace sightline {

MonitorChooser::MonitorChooser(QWidget* parent)
    : QToolButton(parent)
    , m_menu(new QMenu(this))
{
    setIcon(sightline::icon(Symbol::Monitors));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setMenu(m_menu);
    setToolTip(tr("Which monitors you see (Ctrl+Alt+Page Down: the next)"));
    m_menu->setAccessibleName(tr("Monitors"));
    setMonitors({}, {});
}

void MonitorChooser::setMonitors(const Rects& monitors, std::optional<std::size_t> index)
{
    m_menu->clear();
    delete m_menu->findChild<QActionGroup*>();
    new QActionGroup(m_menu);
    const QStringList names = monitorNames(monitors);
    const QString all = tr("All monitors");
    addChoice(tr("&All monitors"), {}, !index);
    for (std::size_t i = 0; i < monitors.size(); ++i) {
        QString text = names[static_cast<qsizetype>(i)];
        // Its number is its key.
        addChoice(
            i < 9 ? text.replace(QString::number(i + 1), QLatin1Char('&') + QString::number(i + 1)) : text, i,
            index == i);
    }
    setText(index ? names[static_cast<qsizetype>(*index)] : all);
    setAccessibleName(tr("Monitors: %1").arg(text()));
    setVisible(monitors.size() > 1);
}

void MonitorChooser::addChoice(const QString& text, std::optional<std::size_t> index, bool isPresent)
{
    QAction* const action = m_menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(isPresent);
    action->setActionGroup(m_menu->findChild<QActionGroup*>());
    connect(
        action, &QAction::triggered, this, [this, index] { Q_EMIT chosen(index); },
        Qt::QueuedConnection); // whoever hears it gives the menu other actions
}

} // namespace sightline
