#include "core/conference/conference_store.h"

#include "core/base/log.h"
#include "core/conference/stored_values.h"

#include <QFile>
#include <QLockFile>
#include <QObject>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QTimer>
#include <QUuid>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace sightline {
namespace {

constexpr auto kBatch = 100ms; ///< changes of this long go into one transaction
constexpr int kSchema = 1;

QString text(const char* sql)
{
    return QString::fromLatin1(sql);
}

Error failed(const QString& file, const QString& why)
{
    return {ErrorCode::FileFailed,
        QStringLiteral("the database %1 cannot be used: %2; move it away to begin with a new one")
            .arg(file, why)};
}

/// A connection to the file, usable on the thread that made it, closed at the end.
class Database {
public:
    Database(const QString& file, bool isReadOnly)
        : m_name(QUuid::createUuid().toString())
        , m_database(QSqlDatabase::addDatabase(text("QSQLITE"), m_name))
    {
        m_database.setDatabaseName(file);
        m_database.setConnectOptions(
            isReadOnly ? text("QSQLITE_OPEN_READONLY") : text("QSQLITE_BUSY_TIMEOUT=2000"));
        m_database.open();
    }
    ~Database()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(m_name);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    QSqlDatabase& operator*() { return m_database; }
    QSqlDatabase* operator->() { return &m_database; }

    bool run(const char* sql, const QVariantList& values = {})
    {
        QSqlQuery query(m_database);
        query.prepare(text(sql));
        for (const QVariant& value : values)
            query.addBindValue(value);
        if (query.exec())
            return true;
        m_error = query.lastError().text();
        return false;
    }
    QString error() const { return m_error.isEmpty() ? m_database.lastError().text() : m_error; }

private:
    QString m_name;
    QSqlDatabase m_database;
    QString m_error;
};

Result<void> prepare(Database& database, const QString& file)
{
    if (!database->isOpen())
        return failed(file, database.error());
    const bool isThere = database.run("PRAGMA journal_mode=WAL") && database.run("PRAGMA synchronous=NORMAL")
        && database.run("CREATE TABLE IF NOT EXISTS conferences (id TEXT PRIMARY KEY, data TEXT NOT NULL)")
        && database.run("CREATE TABLE IF NOT EXISTS participants "
                        "(meeting TEXT NOT NULL, place INTEGER NOT NULL, data TEXT NOT NULL, "
                        "PRIMARY KEY (meeting, place))")
        && database.run(
            "CREATE TABLE IF NOT EXISTS audit (time TEXT NOT NULL, meeting TEXT NOT NULL, "
            "event TEXT NOT NULL, entity TEXT NOT NULL, name TEXT NOT NULL, detail TEXT NOT NULL)")
        && database.run("CREATE INDEX IF NOT EXISTS audit_meeting ON audit (meeting)");
    if (!isThere)
        return failed(file, database.error());
    QSqlQuery version(*database);
    if (!version.exec(text("PRAGMA user_version")) || !version.next())
        return failed(file, version.lastError().text());
    if (version.value(0).toInt() > kSchema)
        return failed(file, QStringLiteral("a newer version of this program has made it"));
    version.finish();
    if (!database.run("PRAGMA user_version = 1")) // a write: the file and its folder can be written
        return failed(file, database.error());
    return {};
}

Result<QList<StoredMeeting>> load(Database& database, const QString& file)
{
    QList<StoredMeeting> meetings;
    QHash<QString, qsizetype> places;
    QSqlQuery query(*database);
    if (!query.exec(text("SELECT id, data FROM conferences")))
        return failed(file, query.lastError().text());
    while (query.next()) {
        places.insert(query.value(0).toString(), meetings.size());
        meetings.append(meetingFromJson(query.value(0).toString(), query.value(1).toByteArray()));
    }
    if (!query.exec(text("SELECT meeting, data FROM participants ORDER BY meeting, place")))
        return failed(file, query.lastError().text());
    while (query.next()) {
        const auto place = places.constFind(query.value(0).toString());
        if (place != places.cend())
            meetings[*place].participants.append(participantFromJson(query.value(1).toByteArray()));
    }
    return meetings;
}

} // namespace

/// The thread that writes, and what it still has to.
class ConferenceStore::Private {
public:
    using Write = std::function<bool(Database&)>;

    explicit Private(QString file)
        : m_file(std::move(file))
        , m_lock(m_file + QStringLiteral(".lock"))
    {
        m_lock.setStaleLockTime(0); // as long as its process runs
        m_home.moveToThread(&m_thread);
        m_thread.setObjectName(QStringLiteral("store"));
    }
    ~Private()
    {
        if (!m_thread.isRunning())
            return;
        QMetaObject::invokeMethod(
            &m_home,
            [this] {
                flush();
                m_timer.reset();
                m_database.reset();
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    Result<void> start();
    void add(Write write)
    {
        QMetaObject::invokeMethod(
            &m_home,
            [this, write = std::move(write)]() mutable {
                m_writes.push_back(std::move(write));
                if (!m_timer->isActive())
                    m_timer->start(kBatch);
            },
            Qt::QueuedConnection);
    }

    QList<StoredMeeting> meetings;

private:
    Result<void> open();
    void flush();

    QString m_file;
    QLockFile m_lock;
    QThread m_thread;
    QObject m_home; ///< lives on the thread, as do the following
    std::unique_ptr<Database> m_database;
    std::unique_ptr<QTimer> m_timer;
    std::vector<Write> m_writes;
};

Result<void> ConferenceStore::Private::start()
{
    if (!m_lock.tryLock() && m_lock.error() == QLockFile::LockFailedError)
        return Error(
            ErrorCode::Busy, QStringLiteral("the database %1 is used by another server").arg(m_file));
    m_thread.start();
    Result<void> result;
    QMetaObject::invokeMethod(
        &m_home, [&] { result = open(); }, Qt::BlockingQueuedConnection);
    return result;
}

Result<void> ConferenceStore::Private::open()
{
    m_database = std::make_unique<Database>(m_file, false);
    if (const auto result = prepare(*m_database, m_file); !result)
        return result.error();
    // Only who runs the server may read who was where.
    QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner);
    auto loaded = load(*m_database, m_file);
    if (!loaded)
        return loaded.error();
    meetings = *std::move(loaded);
    m_timer = std::make_unique<QTimer>();
    m_timer->setSingleShot(true);
    QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] { flush(); });
    return {};
}

void ConferenceStore::Private::flush()
{
    const std::vector<Write> writes = std::exchange(m_writes, {});
    if (writes.empty() || !m_database)
        return;
    (*m_database)->transaction();
    bool isGood = true;
    for (const Write& write : writes)
        isGood = write(*m_database) && isGood;
    if (!(*m_database)->commit() || !isGood)
        qCWarning(logConference).noquote() << "The database cannot be written:" << m_database->error();
}

QString ConferenceStore::fileIn(const QString& dataDirectory)
{
    return dataDirectory + QStringLiteral("/conferences.sqlite");
}

Result<std::unique_ptr<ConferenceStore>> ConferenceStore::open(const QString& file)
{
    auto d = std::make_unique<Private>(file);
    if (const auto result = d->start(); !result)
        return result.error();
    return std::unique_ptr<ConferenceStore>(new ConferenceStore(std::move(d)));
}

Result<QList<AuditEntry>> ConferenceStore::auditLog(const QString& file, const QString& meetingId)
{
    if (!QFile::exists(file))
        return failed(file, QStringLiteral("there is none"));
    Database database(file, true);
    if (!database->isOpen())
        return failed(file, database.error());
    QSqlQuery query(*database);
    const bool isPrepared = query.prepare(text("SELECT time, meeting, event, entity, name, detail FROM audit "
                                               "WHERE ? = '' OR meeting = ? ORDER BY rowid"));
    const QString wanted = meetingId.isNull() ? QStringLiteral("") : meetingId;
    query.addBindValue(wanted);
    query.addBindValue(wanted);
    if (!isPrepared || !query.exec())
        return failed(file, query.lastError().text());
    QList<AuditEntry> entries;
    while (query.next())
        entries.append({QDateTime::fromString(query.value(0).toString(), Qt::ISODateWithMs),
            query.value(1).toString(), query.value(2).toString(), query.value(3).toString(),
            query.value(4).toString(), query.value(5).toString()});
    return entries;
}

ConferenceStore::ConferenceStore(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

ConferenceStore::~ConferenceStore() = default;

const QList<StoredMeeting>& ConferenceStore::meetings() const
{
    return m_d->meetings;
}

void ConferenceStore::save(const StoredMeeting& meeting)
{
    m_d->add([meeting](Database& database) {
        bool isGood = database.run("INSERT OR REPLACE INTO conferences VALUES (?, ?)",
                          {meeting.id, QString::fromUtf8(toJson(meeting))})
            && database.run("DELETE FROM participants WHERE meeting = ?", {meeting.id});
        int place = 0;
        for (const StoredParticipant& each : meeting.participants)
            isGood = database.run("INSERT INTO participants VALUES (?, ?, ?)",
                         {meeting.id, place++, QString::fromUtf8(toJson(each))})
                && isGood;
        return isGood;
    });
}

void ConferenceStore::remove(const QString& meetingId)
{
    m_d->add([meetingId](Database& database) {
        return database.run("DELETE FROM conferences WHERE id = ?", {meetingId})
            && database.run("DELETE FROM participants WHERE meeting = ?", {meetingId});
    });
}

void ConferenceStore::audit(const AuditEntry& entry)
{
    const auto filled = [](const QString& value) { return value.isNull() ? QStringLiteral("") : value; };
    m_d->add([entry, filled](Database& database) {
        return database.run("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)",
            {entry.time.toUTC().toString(Qt::ISODateWithMs), filled(entry.meetingId), filled(entry.event),
                filled(entry.entity), filled(entry.displayName), filled(entry.detail)});
    });
}

} // namespace sightline
