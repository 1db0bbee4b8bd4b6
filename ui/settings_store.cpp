#include "ui/settings_store.h"

#include "ui/hotkey_text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

namespace sightline {
namespace {

constexpr qint64 kLargestFile = 64 * 1024;
constexpr qsizetype kLongestName = 64;
constexpr qsizetype kLongestServer = 1024;
constexpr int kMaxCopies = 100;

const QString kName = QStringLiteral("name");
const QString kServer = QStringLiteral("server");
const QString kStaysInTray = QStringLiteral("staysInTray");
const QString kControlPolicy = QStringLiteral("controlPolicy");
const QString kTakeBackHotkey = QStringLiteral("takeBackHotkey");
const QString kSendsClipboard = QStringLiteral("sendsClipboard");
const QString kReceivesClipboard = QStringLiteral("receivesClipboard");

constexpr std::array<std::pair<ControlPolicy, const char*>, 3> kPolicies{
    {{ControlPolicy::Ask, "ask"}, {ControlPolicy::Always, "always"}, {ControlPolicy::Never, "never"}}};

bool isPlainText(const QString& text, qsizetype longest)
{
    return text.size() <= longest
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

/// Takes what makes sense; false: something does not.
bool takeText(const QSettings& file, const QString& key, qsizetype longest, QString& value)
{
    const QVariant stored = file.value(key, value);
    const QString text = stored.toString();
    if (stored.typeId() != QMetaType::QString || !isPlainText(text, longest))
        return false;
    value = text;
    return true;
}

bool takeSwitch(const QSettings& file, const QString& key, bool& value)
{
    const QString text = file.value(key, value).toString();
    if (text != QLatin1StringView("true") && text != QLatin1StringView("false"))
        return false;
    value = text == QLatin1StringView("true");
    return true;
}

QString nameOf(ControlPolicy policy)
{
    const auto* const found = std::find_if(
        kPolicies.begin(), kPolicies.end(), [policy](const auto& each) { return each.first == policy; });
    return QString::fromLatin1(found->second);
}

bool takePolicy(const QSettings& file, ControlPolicy& value)
{
    const QString text = file.value(kControlPolicy, nameOf(value)).toString();
    const auto* const found = std::find_if(kPolicies.begin(), kPolicies.end(),
        [&text](const auto& each) { return text == QLatin1StringView(each.second); });
    if (found == kPolicies.end())
        return false;
    value = found->first;
    return true;
}

bool takeHotkey(const QSettings& file, Hotkey& value)
{
    const auto hotkey = hotkeyFromStored(file.value(kTakeBackHotkey, storedHotkey(value)).toString());
    if (hotkey)
        value = *hotkey;
    return hotkey.has_value();
}

/// QSettings takes any line for a setting.
bool isIniText(const QByteArray& bytes)
{
    const QList<QByteArray> lines = bytes.split('\n');
    return std::all_of(lines.begin(), lines.end(), [](const QByteArray& raw) {
        const QByteArray line = raw.trimmed();
        return line.isEmpty() || line.startsWith(';') || line.startsWith('[') || line.contains('=');
    });
}

Error unreadable(const QString& path, const QString& why)
{
    return {ErrorCode::FileFailed, QStringLiteral("cannot read %1: %2").arg(path, why)};
}

} // namespace

QString SettingsStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/sightline/sightline.ini");
}

SettingsStore::SettingsStore(QString path)
    : m_path(std::move(path))
{
}

Result<void> SettingsStore::load()
{
    m_settings = {};
    m_keptCopy.clear();
    if (!QFileInfo::exists(m_path))
        return {};
    Result<void> result = read();
    if (!result)
        keepCopy();
    return result;
}

Result<void> SettingsStore::read()
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(m_path, file.errorString());
    const QByteArray bytes = file.read(kLargestFile + 1);
    if (bytes.size() > kLargestFile)
        return unreadable(m_path, QStringLiteral("it is too large"));
    if (bytes.contains('\0'))
        return unreadable(m_path, QStringLiteral("it is not a text"));
    const QSettings stored(m_path, QSettings::IniFormat);
    bool isWhole = isIniText(bytes) && stored.status() == QSettings::NoError;
    isWhole &= takeText(stored, kName, kLongestName, m_settings.name);
    isWhole &= takeText(stored, kServer, kLongestServer, m_settings.server);
    isWhole &= takeSwitch(stored, kStaysInTray, m_settings.staysInTray);
    isWhole &= takePolicy(stored, m_settings.controlPolicy);
    isWhole &= takeHotkey(stored, m_settings.takeBackHotkey);
    isWhole &= takeSwitch(stored, kSendsClipboard, m_settings.sendsClipboard);
    isWhole &= takeSwitch(stored, kReceivesClipboard, m_settings.receivesClipboard);
    if (isWhole)
        return {};
    return unreadable(m_path, QStringLiteral("something in it is not a setting"));
}

void SettingsStore::keepCopy()
{
    for (int i = 1; i <= kMaxCopies; ++i) {
        const QString copy = QStringLiteral("%1.corrupt-%2").arg(m_path).arg(i);
        if (QFileInfo::exists(copy))
            continue;
        // Only when the copy is safe the next save may start from nothing.
        if (QFile::copy(m_path, copy) && QFile::remove(m_path))
            m_keptCopy = copy;
        return;
    }
}

Result<void> SettingsStore::save(const Settings& settings)
{
    m_settings = settings;
    const QString folder = QFileInfo(m_path).absolutePath();
    if (!QDir().mkpath(folder))
        return Error(ErrorCode::FileFailed, QStringLiteral("cannot make the folder %1").arg(folder));
    // QSettings replaces the file by a complete new one, under a lock, and keeps what others added to it.
    QSettings file(m_path, QSettings::IniFormat);
    file.setValue(kName, settings.name);
    file.setValue(kServer, settings.server);
    file.setValue(kStaysInTray, settings.staysInTray);
    file.setValue(kControlPolicy, nameOf(settings.controlPolicy));
    file.setValue(kTakeBackHotkey, storedHotkey(settings.takeBackHotkey));
    file.setValue(kSendsClipboard, settings.sendsClipboard);
    file.setValue(kReceivesClipboard, settings.receivesClipboard);
    file.sync();
    if (file.status() == QSettings::NoError && QFileInfo::exists(m_path))
        return {};
    return Error(ErrorCode::FileFailed, QStringLiteral("cannot write %1").arg(m_path));
}

} // namespace sightline
