#pragma once

#include "core/signaling/documents.h"

class QXmlStreamWriter;

namespace sightline {

class XmlReader;

/// The sl:failure element of a response, which the reader is at; errors stay in the reader.
Failure readFailure(XmlReader& xml);
void writeFailure(QXmlStreamWriter& xml, const Failure& failure);

} // namespace sightline
