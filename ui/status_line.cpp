#include "ui/status_line.h"

#include "ui/status_text.h"

#include <QHBoxLayout>
#include <QLabel>

namespace sightline {
namespace {

QLabel* addLabel(QHBoxLayout& layout, const QString& name, const QString& explanation)
{
    auto* label = new QLabel;
    label->setAccessibleName(name);
    label->setToolTip(explanation);
    layout.addWidget(label);
    return label;
}

} // namespace

QString securityCodeExplanation()
{
    return StatusLine::tr(
        "Read this code to each other, for example by telephone. When both of you see the same "
        "digits, nobody is in between and nobody else can see the picture.");
}

QString throughServerText(const QString& server)
{
    return StatusLine::tr("Through the server %1, which can read it").arg(server);
}

QString throughServerExplanation()
{
    return StatusLine::tr(
        "In a meeting of three or more the picture goes through the server, encrypted on each way. Whoever "
        "runs that server could see it.");
}

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 10, 3);
    layout->setSpacing(18);
    m_path = addLabel(
        *layout, tr("Path"), tr("The way that the picture takes from the other computer to this one."));
    m_roundTrip = addLabel(*layout, tr("Round trip"), tr("How long a packet takes there and back."));
    m_frames
        = addLabel(*layout, tr("Frames per second"), tr("How often the picture changed in the last second."));
    m_rate = addLabel(*layout, tr("Data rate"), tr("How much data the session used in the last second."));
    layout->addStretch();
    m_securityCode = addLabel(*layout, tr("Security code"), securityCodeExplanation());
    m_securityCode->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void StatusLine::setStatistics(const SessionStatistics& statistics, bool isThroughServer)
{
    const StatusText text = statusText(statistics, isThroughServer);
    m_path->setText(text.path);
    m_roundTrip->setText(text.roundTrip);
    m_frames->setText(text.frames);
    m_rate->setText(text.rate);
}

void StatusLine::setSecurityCode(const QString& code)
{
    m_securityCode->setText(code.isEmpty() ? QString() : tr("Security code: %1").arg(code));
    m_securityCode->setToolTip(securityCodeExplanation());
    m_securityCode->setAccessibleName(tr("Security code"));
}

void StatusLine::setServer(const QString& server)
{
    m_securityCode->setText(throughServerText(server));
    m_securityCode->setToolTip(throughServerExplanation());
    m_securityCode->setAccessibleName(tr("Way of the picture"));
}

void StatusLine::clear()
{
    for (QLabel* label : {m_path, m_roundTrip, m_frames, m_rate, m_securityCode})
        label->clear();
}

} // namespace sightline
