#pragma once

#include "core/signaling/documents.h"

class QXmlStreamWriter;

/// The requests about a meeting and those in it, and their responses (conference_documents.h), from and to
/// XML. A reader is at the command's element; errors stay in it.
namespace sightline {

class XmlReader;

Request::Body readAddConference(XmlReader& xml);
Request::Body readAddUser(XmlReader& xml);
Request::Body readDeleteUser(XmlReader& xml);
Request::Body readDeleteConference(XmlReader& xml);
Request::Body readModifyConference(XmlReader& xml);
Request::Body readModifyUserRoles(XmlReader& xml);
Request::Body readGetConference(XmlReader& xml);
Request::Body readModifyEndpointMedia(XmlReader& xml);
Request::Body readAdmitUser(XmlReader& xml);
Request::Body readAllowView(XmlReader& xml);
Request::Body readAllowControl(XmlReader& xml);
Request::Body readEndSharing(XmlReader& xml);
Request::Body readUseServer(XmlReader& xml);

Response::Body readAddConferenceResponse(XmlReader& xml);
Response::Body readAddUserResponse(XmlReader& xml);
Response::Body readAddUserPending(XmlReader& xml);

void writeConferenceBody(QXmlStreamWriter& xml, const AddConference& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AddUser& body);
void writeConferenceBody(QXmlStreamWriter& xml, const DeleteUser& body);
void writeConferenceBody(QXmlStreamWriter& xml, const DeleteConference& body);
void writeConferenceBody(QXmlStreamWriter& xml, const ModifyConference& body);
void writeConferenceBody(QXmlStreamWriter& xml, const ModifyUserRoles& body);
void writeConferenceBody(QXmlStreamWriter& xml, const GetConference& body);
void writeConferenceBody(QXmlStreamWriter& xml, const ModifyEndpointMedia& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AdmitUser& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AllowView& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AllowControl& body);
void writeConferenceBody(QXmlStreamWriter& xml, const EndSharing& body);
void writeConferenceBody(QXmlStreamWriter& xml, const UseServer& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AddConferenceResponse& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AddUserResponse& body);
void writeConferenceBody(QXmlStreamWriter& xml, const AddUserPending& body);

} // namespace sightline
