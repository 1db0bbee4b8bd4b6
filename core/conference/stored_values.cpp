#include "core/conference/stored_values.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sightline {
namespace {

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

QString base64(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray fromBase64(const QJsonValue& value)
{
    return QByteArray::fromBase64(value.toString().toLatin1());
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray toJson(const StoredMeeting& meeting)
{
    QJsonObject object;
    object[key("subject")] = meeting.subject;
    object[key("lobby")] = meeting.settings.hasLobby;
    object[key("viewersAll")] = meeting.settings.viewers == MeetingSettings::Viewers::All;
    object[key("presentersEveryone")] = meeting.settings.presenters == MeetingSettings::Presenters::Everyone;
    object[key("locked")] = meeting.isLocked;
    object[key("passcodeHash")] = base64(meeting.passcodeHash);
    object[key("keyHash")] = base64(meeting.keyHash);
    object[key("creator")] = meeting.creator;
    if (meeting.expiresAt.isValid())
        object[key("expiresAt")] = meeting.expiresAt.toUTC().toString(Qt::ISODateWithMs);
    object[key("nextNumber")] = static_cast<qint64>(meeting.nextNumber);
    object[key("sharingEntity")] = meeting.sharingEntity;
    return compact(object);
}

StoredMeeting meetingFromJson(const QString& id, const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    StoredMeeting meeting;
    meeting.id = id;
    meeting.subject = object[key("subject")].toString();
    meeting.settings.hasLobby = object[key("lobby")].toBool();
    meeting.settings.viewers
        = object[key("viewersAll")].toBool() ? MeetingSettings::Viewers::All : MeetingSettings::Viewers::Ask;
    meeting.settings.presenters = object[key("presentersEveryone")].toBool()
        ? MeetingSettings::Presenters::Everyone
        : MeetingSettings::Presenters::Organizer;
    meeting.isLocked = object[key("locked")].toBool();
    meeting.passcodeHash = fromBase64(object[key("passcodeHash")]);
    meeting.settings.hasPasscode = !meeting.passcodeHash.isEmpty();
    meeting.keyHash = fromBase64(object[key("keyHash")]);
    meeting.creator = object[key("creator")].toString();
    meeting.expiresAt = QDateTime::fromString(object[key("expiresAt")].toString(), Qt::ISODateWithMs);
    meeting.nextNumber = static_cast<quint32>(object[key("nextNumber")].toInteger(1));
    meeting.sharingEntity = object[key("sharingEntity")].toString();
    return meeting;
}

QByteArray toJson(const StoredParticipant& stored)
{
    const Participant& participant = stored.participant;
    QJsonObject object;
    object[key("entity")] = participant.entity;
    object[key("name")] = participant.displayName;
    object[key("presenter")] = participant.role == Participant::Role::Presenter;
    object[key("sharing")] = static_cast<int>(participant.sharing);
    object[key("capabilities")] = QString::fromLatin1(participant.capabilities.join(' '));
    object[key("number")] = static_cast<qint64>(participant.number);
    object[key("mayControl")] = participant.mayControl;
    object[key("mayView")] = stored.mayView;
    object[key("organizer")] = stored.isOrganizer;
    object[key("tokenHash")] = base64(stored.tokenHash);
    return compact(object);
}

StoredParticipant participantFromJson(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    StoredParticipant stored;
    Participant& participant = stored.participant;
    participant.entity = object[key("entity")].toString();
    participant.displayName = object[key("name")].toString();
    participant.role
        = object[key("presenter")].toBool() ? Participant::Role::Presenter : Participant::Role::Attendee;
    const int sharing = object[key("sharing")].toInt();
    participant.sharing = sharing == 1 ? Participant::Sharing::Sharer
        : sharing == 2                 ? Participant::Sharing::Viewer
                                       : Participant::Sharing::None;
    const QByteArray capabilities = object[key("capabilities")].toString().toLatin1();
    if (!capabilities.isEmpty())
        participant.capabilities = capabilities.split(' ');
    participant.number = static_cast<quint32>(object[key("number")].toInteger());
    participant.mayControl = object[key("mayControl")].toBool(true);
    stored.mayView = object[key("mayView")].toBool();
    stored.isOrganizer = object[key("organizer")].toBool();
    stored.tokenHash = fromBase64(object[key("tokenHash")]);
    return stored;
}

} // namespace sightline
