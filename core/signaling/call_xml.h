#pragma once

#include "core/signaling/documents.h"

class QXmlStreamWriter;

namespace sightline {

class XmlReader;

/// The reader is at the notify element; errors stay in the reader.
CallDocument readCallDocument(XmlReader& xml);
/// Attributes and content of a notify element that the caller has begun and ends.
void writeCallDocument(QXmlStreamWriter& xml, const CallDocument& call);

} // namespace sightline
