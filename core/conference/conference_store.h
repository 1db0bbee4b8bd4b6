#pragma once

#include "core/base/result.h"
#include "core/conference/focus_store.h"

#include <memory>

namespace sightline {

/// The focus's store in SQLite, in a file of the data directory. It writes on a thread of its own, several
/// changes in one transaction; what was handed in is on the disk when the destructor has returned.
///
/// Owned and used by one thread.
class ConferenceStore : public FocusStore {
public:
    static QString fileIn(const QString& dataDirectory);
    /// Makes the file when there is none. FileFailed: it cannot be written, or is no database of ours.
    /// Busy: another process has it.
    static Result<std::unique_ptr<ConferenceStore>> open(const QString& file);
    /// Without changing it: the audit log, oldest first; of all meetings when `meetingId` is empty.
    static Result<QList<AuditEntry>> auditLog(const QString& file, const QString& meetingId);

    ~ConferenceStore() override;

    /// What was there when it was opened.
    const QList<StoredMeeting>& meetings() const;

    void save(const StoredMeeting& meeting) override;
    void remove(const QString& meetingId) override;
    void audit(const AuditEntry& entry) override;

private:
    class Private;
    explicit ConferenceStore(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
