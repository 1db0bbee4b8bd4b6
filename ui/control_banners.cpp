#include "ui/control_banners.h"

#include "ui/banner_stack.h"
#include "ui/hotkey_text.h"

#include <QApplication>

#include <utility>

namespace sightline {
namespace {

const QString kHotkeySubject = QStringLiteral("control hotkey");
const QString kFailureSubject = QStringLiteral("control failure");

QString requestSubject(const QString& entity)
{
    return QStringLiteral("control request ") + entity;
}

} // namespace

QString controlFailureText(ErrorCode code)
{
    if (code == ErrorCode::NotAllowed)
        return ControlBanners::tr(
            "Nobody is given control of this desktop: it is switched off, or impossible here.");
    return ControlBanners::tr(
        "Nobody controls your desktop: it takes no input from Sightline. Viewing goes on.");
}

ControlBanners::ControlBanners(Conversation& conversation, BannerStack& banners, QWidget& window)
    : QObject(&window)
    , m_conversation(conversation)
    , m_banners(banners)
    , m_window(window)
{
    SessionControl& control = conversation.control();
    connect(&control, &SessionControl::changed, this, &ControlBanners::onChanged);
    connect(&control, &SessionControl::requested, this, &ControlBanners::onRequested);
    connect(&control, &SessionControl::failed, this, &ControlBanners::onFailed);
}

void ControlBanners::onChanged()
{
    const QStringList asking = m_conversation.control().asking();
    const QStringList shown = std::exchange(m_asking, asking);
    for (const QString& viewer : shown) {
        if (!asking.contains(viewer))
            m_banners.remove(requestSubject(viewer));
    }
    if (m_conversation.control().state() == ControlState::Granted)
        m_banners.remove(kFailureSubject);
    refreshHotkey();
}

void ControlBanners::refreshHotkey()
{
    const SessionControl& control = m_conversation.control();
    const QString problem = control.state() == ControlState::Granted
        ? hotkeyProblem(control.takeBackHotkey(), control.hotkeyState())
        : QString();
    if (problem == m_hotkeyProblem)
        return;
    m_hotkeyProblem = problem; // dismissed once, it does not come again with every change
    if (problem.isEmpty())
        m_banners.remove(kHotkeySubject);
    else
        m_banners.add(kHotkeySubject, Banner::Kind::Warning, problem).addDismissal();
}

void ControlBanners::onRequested(const Participant& viewer)
{
    const QString entity = viewer.entity;
    Banner& banner = m_banners.add(requestSubject(entity), Banner::Kind::Question,
        tr("%1 asks for control of your desktop.").arg(viewer.displayName));
    banner.addAnswer(tr("Allow"), [this, entity] { m_conversation.control().grant(entity); });
    banner.addAnswer(tr("Deny"), [this, entity] { m_conversation.control().deny(entity); });
    QApplication::alert(&m_window);
}

void ControlBanners::onFailed(const Error& error)
{
    Banner& banner = m_banners.add(kFailureSubject, Banner::Kind::Failure, controlFailureText(error.code()));
    banner.setToolTip(error.toString().toHtmlEscaped());
    banner.addDismissal();
}

} // namespace sightline
