#include "app/client/account_name.h"

#include <QByteArray>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>

#include <array>
#endif

namespace sightline {
namespace {

constexpr qsizetype kLongest = 64;

QString fullName()
{
#ifdef Q_OS_UNIX
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found
        || !found->pw_gecos)
        return {};
    // The first field is the name; "&" in it stands for the account's name with a capital letter.
    QString name = QString::fromLocal8Bit(found->pw_gecos).section(u',', 0, 0);
    QString account = QString::fromLocal8Bit(found->pw_name);
    if (!account.isEmpty())
        account[0] = account[0].toUpper();
    return name.replace(u'&', account).simplified();
#else
    return {};
#endif
}

} // namespace

QString accountName()
{
    if (const QString name = fullName().left(kLongest); !name.isEmpty())
        return name;
    for (const char* variable : {"USER", "LOGNAME", "USERNAME"}) {
        const QString name = qEnvironmentVariable(variable).trimmed().left(kLongest);
        if (!name.isEmpty())
            return name;
    }
    return QStringLiteral("Somebody");
}

} // namespace sightline
