#include "platform/linux/x11/x11_layer.h"

#include "platform/linux/x11/rect_subtract.h"
#include "platform/linux/x11/x11_connection.h"

#include <algorithm>
#include <cstring>

namespace sightline {

namespace {

/// `over` is premultiplied with its alpha, as the pixels of windows of depth 32 are.
std::uint32_t blended(std::uint32_t over, std::uint32_t under)
{
    const std::uint32_t rest = 255 - (over >> 24);
    std::uint32_t result = 0;
    for (const int shift : {0, 8, 16}) {
        const std::uint32_t sum = ((over >> shift) & 0xff) + (((under >> shift) & 0xff) * rest + 127) / 255;
        result |= std::min(sum, 255U) << shift;
    }
    return result;
}

void drawLayer(const X11Layer& layer, const std::uint8_t* source, Picture& picture, Point origin)
{
    const auto width = static_cast<std::size_t>(layer.part.width);
    std::vector<std::uint32_t> line(width);
    for (int y = layer.part.y; y < layer.part.bottom(); ++y) {
        std::memcpy(line.data(), source, width * sizeof(std::uint32_t));
        source += width * sizeof(std::uint32_t);
        std::uint32_t* to = picture.row(y - origin.y) + (layer.part.x - origin.x);
        if (layer.isBlended)
            std::transform(line.begin(), line.end(), to, to, blended);
        else
            std::copy(line.begin(), line.end(), to);
    }
    for (const Rect& hidden : clipped(layer.hidden, layer.part)) {
        for (int y = hidden.y; y < hidden.bottom(); ++y)
            std::fill_n(picture.row(y - origin.y) + (hidden.x - origin.x), hidden.width, 0U);
    }
}

} // namespace

Result<void> drawLayers(
    X11Connection& connection, const std::vector<X11Layer>& layers, Picture& picture, Point origin)
{
    // Replies come in the order of the requests, layers are drawn from below.
    std::vector<XcbPtr<xcb_get_image_reply_t>> replies;
    replies.reserve(layers.size());
    for (const X11Layer& layer : layers)
        replies.emplace_back(xcb_get_image_reply(connection.get(), layer.cookie, nullptr));
    if (connection.isLost())
        return connection.failure("show the pixels of its windows", nullptr);
    for (std::size_t i = layers.size(); i-- > 0;) {
        const auto& reply = replies[i];
        const auto needed = static_cast<std::size_t>(layers[i].part.area()) * sizeof(std::uint32_t);
        if (reply && static_cast<std::size_t>(xcb_get_image_data_length(reply.get())) >= needed)
            drawLayer(layers[i], xcb_get_image_data(reply.get()), picture, origin);
    }
    return {};
}

} // namespace sightline
