#include "core/rdp/encomsp_receiver.h"

namespace sightline {

Result<std::vector<EncomspPdu>> EncomspReceiver::add(ByteView chunk, std::uint32_t flags, std::size_t total)
{
    const auto message = m_assembler.add({chunk, flags, total});
    if (!message)
        return message.error();
    return *message ? parseEncomspMessage(**message) : std::vector<EncomspPdu>{};
}

} // namespace sightline
