#include "core/signaling/ice_syntax.h"

#include "core/signaling/limits.h"

#include <QList>

#include <algorithm>

namespace sightline {
namespace {

constexpr char kPrefix[] = "candidate:";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isIceChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '+' || c == '/';
}

bool isIceChars(QByteArrayView text, qsizetype least, qsizetype most)
{
    return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), isIceChar);
}

bool isNumber(QByteArrayView text, quint64 least, quint64 most)
{
    if (text.isEmpty() || text.size() > 10 || !std::all_of(text.begin(), text.end(), isDigit))
        return false;
    const quint64 number = text.toULongLong();
    return number >= least && number <= most;
}

/// An IP address, or a name as in mDNS candidates.
bool isAddress(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
        return isIceChar(c) || c == '.' || c == ':' || c == '-';
    });
}

} // namespace

bool isIceUfrag(QByteArrayView text)
{
    return isIceChars(text, 4, 256);
}

bool isIcePwd(QByteArrayView text)
{
    return isIceChars(text, 22, 256);
}

bool isSha256Fingerprint(QByteArrayView text)
{
    if (text.size() != 32 * 3 - 1)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool isHex = isDigit(c) || (c >= 'A' && c <= 'F');
        if (i % 3 == 2 ? c != ':' : !isHex)
            return false;
    }
    return true;
}

bool isCandidate(QByteArrayView text)
{
    if (text.size() > limits::kCandidateLength || !text.startsWith(kPrefix)
        || !std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7f'; }))
        return false;
    const QList<QByteArray> fields = text.sliced(qsizetype(sizeof kPrefix) - 1).toByteArray().split(' ');
    // foundation component transport priority address port "typ" type, then pairs of extension names and
    // values
    if (fields.size() < 8 || fields.size() % 2 != 0)
        return false;
    return isIceChars(fields[0], 1, 32) && isNumber(fields[1], 1, 256) && !fields[2].isEmpty()
        && isNumber(fields[3], 1, 0x7FFFFFFF) && isAddress(fields[4]) && isNumber(fields[5], 0, 65535)
        && fields[6] == "typ"
        && std::none_of(fields.begin(), fields.end(), [](const QByteArray& f) { return f.isEmpty(); });
}

QByteArray canonicalCandidate(const QByteArray& text)
{
    QByteArray value = text.trimmed();
    if (value.startsWith("a="))
        value.remove(0, 2);
    return value.startsWith(kPrefix) ? value : kPrefix + value;
}

} // namespace sightline
