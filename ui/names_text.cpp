#include "ui/names_text.h"

#include <QCoreApplication>

namespace sightline {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NamesText)

public:
    static QString one(const QString& name) { return name.isEmpty() ? tr("somebody") : name; }
    static QString two(const QString& first, const QString& second)
    {
        return tr("%1 and %2").arg(one(first), one(second));
    }
    static QString more(const QString& first, const QString& second, int others)
    {
        if (others == 1)
            return tr("%1, %2 and one more").arg(one(first), one(second));
        return tr("%1, %2 and %3 others").arg(one(first), one(second), QString::number(others));
    }
};

} // namespace

QString namesText(const QStringList& names)
{
    switch (names.size()) {
    case 0:
        return {};
    case 1:
        return Words::one(names[0]);
    case 2:
        return Words::two(names[0], names[1]);
    default:
        return Words::more(names[0], names[1], static_cast<int>(names.size()) - 2);
    }
}

} // namespace sightline
