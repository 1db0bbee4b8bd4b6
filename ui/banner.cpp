#include "ui/banner.h"

#include "ui/icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace sightline {
namespace {

constexpr qreal kRadius = 6;
constexpr qreal kTint = 0.16; // so little of the colour that text on it keeps its contrast, light or dark

QColor mixed(const QColor& base, const QColor& tint)
{
    const auto mix = [](float a, float b) { return static_cast<float>(a + (b - a) * kTint); };
    return QColor::fromRgbF(
        mix(base.redF(), tint.redF()), mix(base.greenF(), tint.greenF()), mix(base.blueF(), tint.blueF()));
}

QColor tintOf(Banner::Kind kind, const QPalette& palette)
{
    switch (kind) {
    case Banner::Kind::Question:
    case Banner::Kind::Progress:
        return palette.color(QPalette::Highlight);
    case Banner::Kind::Warning:
        return {0xE0, 0x9A, 0x10};
    case Banner::Kind::Failure:
        return {0xD8, 0x30, 0x30};
    }
    return {};
}

} // namespace

Banner::Banner(Kind kind, const QString& text, QWidget* parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_text(new QLabel(text))
    , m_answers(new QHBoxLayout)
{
    setAccessibleName(text);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    // setSizePolicy() would forget that a wrapped text's height follows its width.
    QSizePolicy policy = m_text->sizePolicy();
    policy.setHorizontalPolicy(QSizePolicy::Expanding);
    m_text->setSizePolicy(policy);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_text, 1);
    m_answers->setSpacing(6);
    layout->addLayout(m_answers);
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::addAnswer(const QString& text, std::function<void()> chosen)
{
    auto* button = new QPushButton(text);
    button->setAccessibleName(text);
    button->setAccessibleDescription(m_text->text());
    button->setDefault(m_answers->isEmpty() && m_kind == Kind::Question);
    m_answers->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, act = std::move(chosen)] {
        // Acting may already take this banner away.
        const QPointer<Banner> self(this);
        act();
        if (self)
            Q_EMIT answered();
    });
}

void Banner::addDismissal()
{
    auto* button = new QToolButton;
    button->setIcon(icon(Symbol::Stop));
    button->setAutoRaise(true);
    button->setAccessibleName(tr("Dismiss"));
    button->setToolTip(tr("Dismiss this message"));
    m_answers->addWidget(button);
    connect(button, &QToolButton::clicked, this, &Banner::answered);
}

void Banner::paintEvent(QPaintEvent*)
{
    const QColor tint = tintOf(m_kind, palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tint);
    painter.setBrush(mixed(palette().color(QPalette::Window), tint));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
}

} // namespace sightline
