#include "ui/settings_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

using namespace sightline;

namespace {

Settings some()
{
    return {.name = QStringLiteral("Ada \u00c5 \"Lovelace\"; x=1, %20"),
        .server = QStringLiteral("https://share.example.org:7443"),
        .staysInTray = true,
        .controlPolicy = ControlPolicy::Never,
        .takeBackHotkey = {.character = 0, .place = {0x43}, .hasControl = false, .hasShift = true},
        .sendsClipboard = false,
        .receivesClipboard = true};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// The disk is full for this process: nothing can be written any more.
class FullDisk {
public:
    FullDisk()
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit none = m_before;
        none.rlim_cur = 0;
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

/// Somebody who may read, but not write what is in a folder. (The root user may everywhere.)
class ReadOnlyFolder {
public:
    ReadOnlyFolder(const QTemporaryDir& root, QString folder)
        : m_folder(std::move(folder))
    {
        QFile::setPermissions(root.path(), kAll);
        QFile::setPermissions(m_folder, kReading);
        if (geteuid() == 0)
            m_wasRoot = seteuid(kNobody) == 0;
    }
    ~ReadOnlyFolder()
    {
        if (m_wasRoot && seteuid(0) != 0)
            qFatal("cannot become root again");
        QFile::setPermissions(m_folder, kAll);
    }
    ReadOnlyFolder(const ReadOnlyFolder&) = delete;
    ReadOnlyFolder& operator=(const ReadOnlyFolder&) = delete;

private:
    static constexpr uid_t kNobody = 65534;
    // Of the group too: nobody is still in root's.
    static constexpr QFile::Permissions kReading
        = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup;
    static constexpr QFile::Permissions kAll = kReading | QFile::WriteOwner;

    const QString m_folder;
    bool m_wasRoot = false;
};

} // namespace

class TestSettingsStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(QStringLiteral("sub/folder/sightline.ini"));
    }

    void firstTime();
    void keepsWhatWasSet();
    void keepsWhatOthersAdded();
    void keepsACopyOfACorruptFile_data();
    void keepsACopyOfACorruptFile();
    void numbersTheCopies();
    void saysThatTheDiskIsFull();
    void saysThatTheFolderCannotBeMade();
    void saysThatTheFolderCannotBeWrittenTo();
    void findsItsPlace();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

void TestSettingsStore::firstTime()
{
    SettingsStore store(m_path);
    QVERIFY(store.load());
    QCOMPARE(store.settings(), Settings());
    QVERIFY(!QFile::exists(m_path)); // looking leaves no trace
}

void TestSettingsStore::keepsWhatWasSet()
{
    SettingsStore store(m_path);
    QVERIFY(store.load());
    QVERIFY(store.save(some()));
    SettingsStore again(m_path);
    QVERIFY(again.load());
    QCOMPARE(again.settings(), some());
    QVERIFY(again.save(Settings()));
    SettingsStore third(m_path);
    QVERIFY(third.load());
    QCOMPARE(third.settings(), Settings());
    QCOMPARE(QDir(QFileInfo(m_path).absolutePath()).entryList(QDir::Files).size(), 1);
}

void TestSettingsStore::keepsWhatOthersAdded()
{
    write(m_path, "[General]\nname=Ada\nfromTheFuture=7\n");
    SettingsStore store(m_path);
    QVERIFY(store.load());
    QCOMPARE(store.settings().name, QStringLiteral("Ada"));
    QVERIFY(store.save(some()));
    QVERIFY(contentOf(m_path).contains("fromTheFuture=7"));
}

void TestSettingsStore::keepsACopyOfACorruptFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::newRow("octets") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) << QString();
    QTest::newRow("no settings") << QByteArray("this is not\na settings file\n") << QString();
    QTest::newRow("too large") << QByteArray("name=") + QByteArray(100'000, 'x') << QString();
    QTest::newRow("a long name") << QByteArray("name=") + QByteArray(65, 'x') << QString();
    QTest::newRow("a list for a name") << QByteArray("name=a, b") << QString();
    QTest::newRow("a control character") << QByteArray("name=a\\x7") << QString();
    QTest::newRow("no policy") << QByteArray("name=Ada\ncontrolPolicy=sometimes\n") << QStringLiteral("Ada");
    QTest::newRow("no hotkey") << QByteArray("name=Ada\ntakeBackHotkey=anything\n") << QStringLiteral("Ada");
    QTest::newRow("a key that types")
        << QByteArray("name=Ada\ntakeBackHotkey=Space\n") << QStringLiteral("Ada");
    QTest::newRow("several hotkeys") << QByteArray("name=Ada\ntakeBackHotkey=\"Ctrl+A, Ctrl+B\"\n")
                                     << QStringLiteral("Ada");
    QTest::newRow("no switch") << QByteArray("name=Ada\nstaysInTray=maybe\n") << QStringLiteral("Ada");
}

void TestSettingsStore::keepsACopyOfACorruptFile()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    write(m_path, content);
    SettingsStore store(m_path);
    const Result<void> loaded = store.load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code(), ErrorCode::FileFailed);
    QCOMPARE(store.settings().name, name); // what can be read holds
    QCOMPARE(store.settings().staysInTray, false);
    QVERIFY(store.settings().takeBackHotkey == Hotkey());
    QCOMPARE(store.keptCopy(), m_path + QStringLiteral(".corrupt-1"));
    QCOMPARE(contentOf(store.keptCopy()), content);
    QVERIFY(store.save(some()));
    SettingsStore again(m_path);
    QVERIFY(again.load());
    QCOMPARE(again.settings(), some());
}

void TestSettingsStore::numbersTheCopies()
{
    for (int i = 1; i <= 3; ++i) {
        write(m_path, "damaged " + QByteArray::number(i));
        SettingsStore store(m_path);
        QVERIFY(!store.load());
        QCOMPARE(store.keptCopy(), m_path + QStringLiteral(".corrupt-%1").arg(i));
    }
    QCOMPARE(contentOf(m_path + QStringLiteral(".corrupt-1")), QByteArray("damaged 1"));
}

void TestSettingsStore::saysThatTheDiskIsFull()
{
    SettingsStore store(m_path);
    QVERIFY(store.load());
    Settings before;
    before.name = QStringLiteral("Ada");
    QVERIFY(store.save(before));
    const QByteArray written = contentOf(m_path);
    QVERIFY(written.contains("Ada"));
    {
        const FullDisk full;
        const Result<void> saved = store.save(some());
        QVERIFY(!saved);
        QCOMPARE(saved.error().code(), ErrorCode::FileFailed);
        QCOMPARE(store.settings(), some()); // in memory it holds
        QCOMPARE(contentOf(m_path), written); // and what was there is whole
    }
    QVERIFY(store.save(some())); // there is room again
    QVERIFY(contentOf(m_path) != written);
}

void TestSettingsStore::saysThatTheFolderCannotBeMade()
{
    const QString file = m_directory->filePath(QStringLiteral("file"));
    write(file, "x");
    SettingsStore store(file + QStringLiteral("/sightline/sightline.ini"));
    QVERIFY(store.load());
    const Result<void> saved = store.save(some());
    QVERIFY(!saved);
    QCOMPARE(saved.error().code(), ErrorCode::FileFailed);
    QCOMPARE(store.settings(), some());
}

void TestSettingsStore::saysThatTheFolderCannotBeWrittenTo()
{
    Settings before;
    before.name = QStringLiteral("Ada");
    SettingsStore store(m_path);
    QVERIFY(store.load());
    QVERIFY(store.save(before));
    const QByteArray written = contentOf(m_path);
    {
        QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        const ReadOnlyFolder folder(*m_directory, QFileInfo(m_path).absolutePath());
        SettingsStore reader(m_path);
        QVERIFY(reader.load());
        QCOMPARE(reader.settings(), before);
        const Result<void> saved = reader.save(some());
        QVERIFY(!saved);
        QCOMPARE(saved.error().code(), ErrorCode::FileFailed);
        QCOMPARE(reader.settings(), some()); // in memory it holds
        QCOMPARE(contentOf(m_path), written);
    }
    QVERIFY(store.save(some()));
    QVERIFY(contentOf(m_path) != written);
}

void TestSettingsStore::findsItsPlace()
{
    qputenv("XDG_CONFIG_HOME", m_directory->path().toLocal8Bit());
    QCOMPARE(SettingsStore::defaultPath(), m_directory->filePath(QStringLiteral("sightline/sightline.ini")));
}

QTEST_GUILESS_MAIN(TestSettingsStore)
#include "tst_settings_store.moc"
