#include "ui/banner_stack.h"

#include <QAccessible>
#include <QVBoxLayout>

namespace sightline {

BannerStack::BannerStack(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    hide();
}

Banner& BannerStack::add(const QString& subject, Banner::Kind kind, const QString& text)
{
    remove(subject);
    auto* banner = new Banner(kind, text);
    m_layout->addWidget(banner);
    m_banners.insert(subject, banner);
    connect(banner, &Banner::answered, this, [this, subject] { remove(subject); });
    show();
    QAccessibleEvent announced(banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
    return *banner;
}

void BannerStack::remove(const QString& subject)
{
    // Deleted later: it may be its own button that asks for this.
    if (Banner* const banner = m_banners.take(subject)) {
        banner->hide();
        banner->deleteLater();
    }
    setVisible(!m_banners.isEmpty());
}

void BannerStack::clear()
{
    for (const QString& subject : m_banners.keys())
        remove(subject);
}

Banner* BannerStack::find(const QString& subject) const
{
    return m_banners.value(subject);
}

} // namespace sightline
