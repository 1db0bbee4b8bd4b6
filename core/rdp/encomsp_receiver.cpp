#include "core/rdp/encomsp_receiver.h"

#include <utility>

namespace sightline {

namespace {

Error malformed(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

} // namespace

Result<std::vector<EncomspPdu>> EncomspReceiver::add(ByteView chunk, std::uint32_t flags, std::size_t total)
{
    const bool isFirst = (flags & kFirst) != 0;
    if (isFirst == m_isInside)
        return malformed("the chunks of a multiparty message are out of order");
    if ((flags & kCompressed) != 0)
        return malformed("a multiparty message is compressed, which was not agreed");
    if (isFirst) {
        if (total > kMaxEncomspMessage)
            return Error(ErrorCode::TooLarge, QStringLiteral("a multiparty message is too large"));
        m_message.clear();
        m_total = total;
        m_isInside = true;
    }
    if (total != m_total || chunk.size() > m_total - m_message.size())
        return malformed("a multiparty message is not as long as announced");
    m_message.insert(m_message.end(), chunk.begin(), chunk.end());
    if ((flags & kLast) == 0)
        return std::vector<EncomspPdu>{};
    m_isInside = false;
    if (m_message.size() != m_total)
        return malformed("a multiparty message is not as long as announced");
    return parseEncomspMessage(m_message);
}

} // namespace sightline
