#include "ui/error_text.h"
#include "ui/start_page.h"

#include "tests/support/widget_search.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace sightline;

namespace {

const QString kProject = QStringLiteral(PROJECT_DIR);
const QString kGerman = kProject + QStringLiteral("/resources/translations/sightline_de.ts");

struct Entry {
    QString context;
    QString source;
    QString translation;
    bool isFinished = true;
};

QList<Entry> entriesOf(const QString& path)
{
    QFile file(path);
    QList<Entry> entries;
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1StringView("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1StringView("source")) {
            entries.append({context, xml.readElementText(), {}, false});
        } else if (xml.name() == QLatin1StringView("translation") && !entries.isEmpty()) {
            entries.back().isFinished = !xml.attributes().hasAttribute(QLatin1StringView("type"));
            entries.back().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    }
    return entries;
}

void run(const char* program, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(kProject);
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(QString::fromLocal8Bit(program), arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySentenceHasFinishedGerman();
    void placesAndKeysSurvive();
    void germanIsUsed();

private:
    QTemporaryDir m_directory;
};

void TestTranslations::everySentenceHasFinishedGerman()
{
    // lupdate adds what the sources say and the file does not know yet, as unfinished.
    const QString copy = m_directory.filePath(QStringLiteral("sightline_de.ts"));
    QVERIFY(QFile::copy(kGerman, copy));
    run(LUPDATE,
        {QStringLiteral("-silent"), QStringLiteral("-I"), QStringLiteral("."), QStringLiteral("-locations"),
            QStringLiteral("none"), QStringLiteral("-no-obsolete"), QStringLiteral("ui"),
            QStringLiteral("app/client"), QStringLiteral("core/session"), QStringLiteral("-ts"), copy});
    const QList<Entry> entries = entriesOf(copy);
    QVERIFY(entries.size() > 100);
    for (const Entry& entry : entries) {
        QVERIFY2(entry.isFinished && !entry.translation.trimmed().isEmpty(),
            qPrintable(
                QStringLiteral("%1 has no finished German for '%2'").arg(entry.context, entry.source)));
    }
    // And nothing is left of sentences that are not said any more.
    QCOMPARE(entriesOf(kGerman).size(), entries.size());
}

void TestTranslations::placesAndKeysSurvive()
{
    for (const Entry& entry : entriesOf(kGerman)) {
        for (const char* place : {"%1", "%2", "%n"}) {
            const QLatin1StringView text(place);
            QVERIFY2(
                entry.source.contains(text) == entry.translation.contains(text), qPrintable(entry.source));
        }
        QCOMPARE(entry.source.count(QLatin1Char('&')), entry.translation.count(QLatin1Char('&')));
    }
}

void TestTranslations::germanIsUsed()
{
    const QString binary = m_directory.filePath(QStringLiteral("sightline_de.qm"));
    run(LRELEASE, {QStringLiteral("-silent"), kGerman, QStringLiteral("-qm"), binary});
    QTranslator german;
    QVERIFY(german.load(binary));
    const QString english = errorText(ErrorCode::Timeout).sentence;
    QVERIFY(QCoreApplication::installTranslator(&german));
    QCOMPARE(errorText(ErrorCode::Timeout).sentence, QStringLiteral("Es kam keine rechtzeitige Antwort."));
    const StartPage page;
    QVERIFY(find<QAbstractButton>(page, "Link öffnen"));
    QCoreApplication::removeTranslator(&german);
    QCOMPARE(errorText(ErrorCode::Timeout).sentence, english);
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
