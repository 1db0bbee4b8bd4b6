#include "core/graphics/remotefx_decoder.h"

#include "core/graphics/octet_reader.h"

#include <algorithm>

namespace sightline {

namespace {

// MS-RDPRFX 2.2.2.1.1, 2.2.2.3.3 and 2.2.2.3.4
enum BlockType : std::uint16_t {
    kSync = 0xCCC0,
    kCodecVersions = 0xCCC1,
    kChannels = 0xCCC2,
    kContext = 0xCCC3,
    kFrameBegin = 0xCCC4,
    kFrameEnd = 0xCCC5,
    kRegion = 0xCCC6,
    kExtension = 0xCCC7,
    kTileSetSubtype = 0xCAC2,
    kTile = 0xCAC3,
};

constexpr std::uint32_t kMagic = 0xCACCACCA;
constexpr std::uint16_t kVersion = 0x0100;
constexpr int kRlgr1 = 1;
constexpr int kRlgr3 = 4;
constexpr int kEntropyShift = 9; // in TS_RFX_CONTEXT.properties
constexpr std::size_t kBlockHeader = 6;
constexpr std::size_t kChannelHeader = 2;
// What one message may cost: pairs of a tile and an area are looked at.
constexpr std::size_t kMostPairs = 4'000'000;

Error malformed()
{
    return {ErrorCode::ParseFailed, QStringLiteral("malformed RemoteFX message")};
}

class Parser {
public:
    bool parse(ByteView octets)
    {
        OctetReader in(octets);
        while (in.remaining() > 0) {
            const std::uint16_t type = in.u16();
            const std::size_t length = in.u32();
            if (!in.isGood() || length < kBlockHeader)
                return false;
            const ByteView body = in.octets(length - kBlockHeader);
            if (!in.isGood() || !parseBlock(type, OctetReader(body)))
                return false;
        }
        return m_isComplete && message.tiles.size() * message.areas.size() <= kMostPairs;
    }

    RemoteFxMessage message;

private:
    bool parseBlock(std::uint16_t type, OctetReader in)
    {
        switch (type) {
        case kSync:
            return in.u32() == kMagic && in.u16() == kVersion && in.isGood();
        case kCodecVersions:
            return in.u8() == 1 && in.isGood();
        case kChannels:
            return parseChannels(in);
        case kContext:
            return parseContext(in);
        case kFrameBegin:
        case kFrameEnd:
            return true;
        case kRegion:
            return parseRegion(in);
        case kExtension:
            return parseTileSet(in);
        default:
            return false;
        }
    }

    bool parseChannels(OctetReader in)
    {
        const int count = in.u8();
        in.u8(); // channelId
        message.size = {in.u16(), in.u16()};
        return count == 1 && in.isGood() && !message.size.isEmpty();
    }

    bool parseContext(OctetReader in)
    {
        in.octets(kChannelHeader + 1); // and ctxId
        const int tileSize = in.u16();
        const int entropy = in.u16() >> kEntropyShift & 0x0F;
        message.mode = entropy == kRlgr1 ? RlgrMode::Rlgr1 : RlgrMode::Rlgr3;
        m_hasContext = in.isGood() && tileSize == kRemoteFxTile && (entropy == kRlgr1 || entropy == kRlgr3);
        return m_hasContext;
    }

    bool parseRegion(OctetReader in)
    {
        in.octets(kChannelHeader + 1); // and regionFlags
        const std::size_t count = in.u16();
        if (!m_hasContext || !message.areas.empty() || in.remaining() < 8 * count)
            return false;
        const Rect whole{0, 0, message.size.width, message.size.height};
        for (std::size_t i = 0; i < count; ++i) {
            const int x = in.u16();
            const int y = in.u16();
            const int width = in.u16();
            const Rect area = intersected({x, y, width, in.u16()}, whole);
            if (!area.isEmpty())
                message.areas.push_back(area);
        }
        if (count == 0) // 2.2.2.3.3: then it is all of it
            message.areas.push_back(whole);
        m_hasRegion = true;
        return in.isGood();
    }

    bool parseTileSet(OctetReader in)
    {
        in.octets(kChannelHeader);
        const std::uint16_t subtype = in.u16();
        in.octets(4); // idx, properties
        const std::size_t quantisers = in.u8();
        const int tileSize = in.u8();
        const std::size_t tiles = in.u16();
        const std::size_t octets = in.u32();
        if (!m_hasRegion || m_isComplete || subtype != kTileSetSubtype || tileSize != kRemoteFxTile
            || !parseQuantisers(in, quantisers) || octets > in.remaining())
            return false;
        OctetReader data(in.octets(octets));
        for (std::size_t i = 0; i < tiles; ++i) {
            if (!parseTile(data))
                return false;
        }
        m_isComplete = true;
        return true;
    }

    bool parseQuantisers(OctetReader& in, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            RemoteFxQuantisers set{};
            for (std::size_t at = 0; at < set.size(); at += 2) {
                const std::uint8_t both = in.u8();
                set[at] = both & 0x0F;
                set[at + 1] = both >> 4;
            }
            if (!in.isGood() || std::ranges::any_of(set, [](std::uint8_t q) { return q < 6; }))
                return false;
            message.quantisers.push_back(set);
        }
        return true;
    }

    bool parseTile(OctetReader& in)
    {
        const std::uint16_t type = in.u16();
        const std::size_t length = in.u32();
        if (!in.isGood() || type != kTile || length < kBlockHeader)
            return false;
        OctetReader body(in.octets(length - kBlockHeader));
        RemoteFxMessage::Tile tile;
        for (std::uint8_t& index : tile.quantisers)
            index = body.u8();
        tile.column = body.u16();
        tile.row = body.u16();
        std::array<std::size_t, 3> lengths{};
        for (std::size_t& size : lengths)
            size = body.u16();
        for (std::size_t i = 0; i < lengths.size(); ++i)
            tile.components[i] = body.octets(lengths[i]);
        const bool isKnown = std::ranges::all_of(
            tile.quantisers, [this](std::uint8_t index) { return index < message.quantisers.size(); });
        message.tiles.push_back(tile);
        return in.isGood() && body.isGood() && isKnown;
    }

    bool m_hasContext = false;
    bool m_hasRegion = false;
    bool m_isComplete = false;
};

} // namespace

Result<RemoteFxMessage> parseRemoteFx(ByteView octets)
{
    Parser parser;
    if (!parser.parse(octets))
        return malformed();
    return std::move(parser.message);
}

Result<Rects> RemoteFxDecoder::decode(ByteView octets, Size size, std::uint32_t* to, std::ptrdiff_t stride)
{
    const Result<RemoteFxMessage> message = parseRemoteFx(octets);
    if (!message)
        return message.error();
    const Rect bounds{0, 0, size.width, size.height};
    Rects drawn;
    for (const RemoteFxMessage::Tile& tile : message->tiles) {
        const Rect place{tile.column * kRemoteFxTile, tile.row * kRemoteFxTile, kRemoteFxTile, kRemoteFxTile};
        bool isDecoded = false;
        for (const Rect& area : message->areas) {
            const Rect part = intersected(intersected(area, place), bounds);
            if (part.isEmpty())
                continue;
            if (!std::exchange(isDecoded, true))
                decodeTile(*message, tile);
            for (int y = part.y; y < part.bottom(); ++y) {
                const std::uint32_t* from
                    = m_pixels.data() + (y - place.y) * kRemoteFxTile + (part.x - place.x);
                std::copy_n(from, part.width, to + y * stride + part.x);
            }
            drawn.push_back(part);
        }
    }
    return drawn;
}

void RemoteFxDecoder::decodeTile(const RemoteFxMessage& message, const RemoteFxMessage::Tile& tile)
{
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        m_rlgr.decode(tile.components[i], message.mode, m_coefficients.values);
        dequantiseRemoteFx(message.quantisers[tile.quantisers[i]], m_coefficients);
        inverseTransformRemoteFx(m_coefficients, m_values[i]);
    }
    fromRemoteFxValues(m_values, m_pixels.data());
}

} // namespace sightline
