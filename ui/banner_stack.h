#pragma once

#include "ui/banner.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace sightline {

/// The messages of a window, one below the other, each known by what it is about. GUI thread.
class BannerStack : public QWidget {
    Q_OBJECT
public:
    explicit BannerStack(QWidget* parent = nullptr);

    /// Shows a new message in the place of one about the same `subject`. The result is to be filled, not
    /// kept.
    Banner& add(const QString& subject, Banner::Kind kind, const QString& text);
    void remove(const QString& subject);
    void clear();
    /// Null: no message about it.
    Banner* find(const QString& subject) const;

private:
    QVBoxLayout* m_layout;
    QHash<QString, QPointer<Banner>> m_banners;
};

} // namespace sightline
