#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace sightline {

/// One line of the tree that breaks a rule.
struct Violation {
    QString file;
    int line = 0; ///< from 1; 0: the file as a whole
    QString rule;

    QString toString() const;
};

/// The rules of the tree that a compiler does not know: who may include whom, which folder may know which
/// library, and the shape of files. Pure functions on a path, relative to the root of the tree, and the text
/// of that file.
class SourcePolicy {
public:
    /// `qtIncludeFolder` holds QtCore, QtGui, ...: a Qt header belongs to the module in whose folder it lies.
    explicit SourcePolicy(QString qtIncludeFolder);

    /// True for files that check() has rules for.
    static bool isChecked(const QString& path);
    std::vector<Violation> check(const QString& path, const QString& text) const;

private:
    QString checkInclude(const QString& path, const QString& header, bool isQuoted) const;
    QString moduleOf(const QString& header) const;

    QString m_qtIncludeFolder;
};

} // namespace sightline
