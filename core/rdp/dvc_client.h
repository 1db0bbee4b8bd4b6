#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sightline {

/// The client end of dynamic virtual channels (MS-RDPEDYC), version 1, for one channel: agrees on the
/// version, accepts the channel of one name and no other, puts its messages together. Takes what hostile
/// hosts send: memory grows with what arrived, up to `maxMessage`. Pure; RDP thread.
class DvcClient {
public:
    struct Handlers {
        std::function<bool(ByteView pdu)> send; ///< a PDU for the static channel; false: the connection broke
        std::function<Result<void>()> opened; ///< also when the host opens it anew: then all begins anew
        std::function<Result<void>(ByteView message)> message;
        std::function<void()> closed;
    };

    DvcClient(std::string channelName, std::size_t maxMessage, Handlers handlers);

    /// One PDU of the static channel "drdynvc". Failed: the host breaks the protocol, or a handler failed.
    Result<void> receive(ByteView pdu);
    bool isOpen() const { return m_channel.has_value(); }
    /// A message on our channel. False: the connection broke, or the channel is not open.
    bool send(ByteView message) const;

private:
    struct Header {
        std::uint8_t command = 0;
        int idLength = 0;
        int lengthLength = 0;
        std::uint32_t channel = 0;
        ByteView body;
    };
    static Result<Header> parseHeader(ByteView pdu);
    Result<void> answerCapabilities(ByteView pdu);
    Result<void> onCreate(const Header& header);
    Result<void> onDataFirst(const Header& header);
    Result<void> onData(const Header& header);
    Result<void> finishMessage();

    const std::string m_name;
    const std::size_t m_maxMessage;
    const Handlers m_handlers;
    std::optional<std::uint32_t> m_channel;
    Bytes m_message;
    std::size_t m_missing = 0; ///< octets of a message that has begun
};

} // namespace sightline
