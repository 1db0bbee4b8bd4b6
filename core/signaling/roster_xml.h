#pragma once

#include "core/signaling/documents.h"

class QXmlStreamWriter;

/// conference-info (RFC 4575) from and to XML.
namespace sightline {

class XmlReader;

/// The reader is at the conference-info element; errors stay in the reader.
ConferenceInfo readConferenceInfo(XmlReader& xml);
void writeConferenceInfo(QXmlStreamWriter& xml, const ConferenceInfo& info);

} // namespace sightline
