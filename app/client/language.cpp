#include "app/client/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

namespace sightline {
namespace {

const QString kFolder = QStringLiteral(":/translations");

/// False when there is no such translation.
bool install(const QString& name, const QString& folder)
{
    auto translator = std::make_unique<QTranslator>(qApp);
    if (!translator->load(name, folder))
        return false;
    return QCoreApplication::installTranslator(translator.release()); // the application's child
}

} // namespace

void installLanguage(const QString& language)
{
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    // The first one that we have counts. English is what the sources speak: who prefers it to others must not
    // get one of those only because there is no file for it.
    for (const QString& wanted : QLocale().uiLanguages()) {
        const QLocale locale(wanted);
        if (locale.language() == QLocale::English || locale.language() == QLocale::C)
            return;
        const QString code = locale.name().section(u'_', 0, 0);
        if (!install(QStringLiteral("sightline_") + code, kFolder))
            continue;
        // The words of Qt's own, as in the menus of text fields. Without them these stay English.
        install(QStringLiteral("qtbase_") + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
        return;
    }
}

} // namespace sightline
