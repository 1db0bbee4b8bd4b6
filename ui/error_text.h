#pragma once

#include "core/base/error.h"

#include <QString>

namespace sightline {

/// A failure in words for people: one sentence that says what happened, and one that says what to do next.
struct ErrorText {
    QString sentence;
    QString advice;

    QString toString() const { return sentence + QLatin1Char(' ') + advice; }
};

/// The one place where codes become sentences. Every code has both; `error`'s own message, which is for
/// developers, is not part of it.
ErrorText errorText(ErrorCode code);
inline ErrorText errorText(const Error& error)
{
    return errorText(error.code());
}

} // namespace sightline
