#pragma once

#include "core/base/result.h"
#include "ui/settings.h"

#include <QString>

namespace sightline {

/// The settings in their file, an INI file of QSettings. What cannot be read is kept as a copy beside it;
/// what cannot be written holds in memory. GUI thread.
class SettingsStore {
public:
    /// $XDG_CONFIG_HOME/sightline/sightline.ini, or where the system keeps such files.
    static QString defaultPath();

    explicit SettingsStore(QString path = defaultPath());

    /// FileFailed: there is a file that cannot be read, or not all of it; what can be read holds. keptCopy()
    /// then names the copy, if one could be made. Without a file the defaults hold.
    Result<void> load();
    QString keptCopy() const { return m_keptCopy; }

    const Settings& settings() const { return m_settings; }
    /// They hold from now on. FileFailed: until the end of the program only. The file is replaced as a whole.
    Result<void> save(const Settings& settings);
    QString path() const { return m_path; }

private:
    Result<void> read();
    void keepCopy();

    const QString m_path;
    Settings m_settings;
    QString m_keptCopy;
};

} // namespace sightline
