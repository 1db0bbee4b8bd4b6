#include "ui/dib.h"

#include <QtEndian>

namespace sightline {
namespace {

constexpr quint32 kFileHeader = 14; // BITMAPFILEHEADER
constexpr quint32 kInfoHeader = 40; // BITMAPINFOHEADER
constexpr quint32 kLargestHeader = 124; // BITMAPV5HEADER
constexpr quint32 kBitFields = 3; // BI_BITFIELDS

quint32 u32(const QByteArray& from, qsizetype at)
{
    return qFromLittleEndian<quint32>(from.constData() + at);
}

/// Octets between the start and the pixels: header, masks, colour table.
quint32 pixelOffset(const QByteArray& dib)
{
    const quint32 header = u32(dib, 0);
    const quint32 bits = qFromLittleEndian<quint16>(dib.constData() + 14);
    const quint32 masks = u32(dib, 16) == kBitFields && header == kInfoHeader ? 12 : 0;
    quint32 colours = u32(dib, 32);
    if (colours == 0 && bits <= 8)
        colours = 1U << bits;
    return header + masks + 4 * std::min(colours, 256U);
}

} // namespace

QImage imageFromDib(const QByteArray& dib)
{
    if (dib.size() < kInfoHeader || u32(dib, 0) < kInfoHeader || u32(dib, 0) > kLargestHeader)
        return {};
    QByteArray file(kFileHeader, '\0');
    file[0] = 'B';
    file[1] = 'M';
    qToLittleEndian(quint32(kFileHeader + dib.size()), file.data() + 2);
    qToLittleEndian(kFileHeader + pixelOffset(dib), file.data() + 10);
    return QImage::fromData(file + dib, "BMP");
}

} // namespace sightline
