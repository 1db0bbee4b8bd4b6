#pragma once

#include "core/signaling/documents.h"

namespace sightline {

class XmlReader;

/// The reader is at the notify element; errors stay in the reader.
CallDocument readCallDocument(XmlReader& xml);

} // namespace sightline
