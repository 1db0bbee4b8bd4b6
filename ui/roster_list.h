#pragma once

#include "core/session/conversation.h"

#include <QListWidget>

namespace sightline {

/// Who is in the meeting, and who of them shares, views or controls. GUI thread.
class RosterList : public QListWidget {
    Q_OBJECT
public:
    explicit RosterList(QWidget* parent = nullptr);

    /// Room for a few people: more are scrolled.
    QSize sizeHint() const override;
    void setRoster(const Roster& roster, const QString& ownEntity);
    QString chosen() const; ///< the entity of the current row; empty: none
};

/// "Anna (you), presenter – shares the desktop"
QString participantText(const Participant& participant, bool isOwn, bool isController = false);

} // namespace sightline
