#include "ui/error_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sightline {
namespace {

struct Entry {
    ErrorCode code;
    const char* sentence;
    const char* advice;
};

constexpr char kContext[] = "ErrorText";

constexpr std::array kEntries{
    Entry{ErrorCode::Internal, QT_TRANSLATE_NOOP("ErrorText", "Something went wrong inside Sightline."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again; if it happens again, please report it.")},
    Entry{ErrorCode::InvalidArgument, QT_TRANSLATE_NOOP("ErrorText", "That request does not make sense."),
        QT_TRANSLATE_NOOP("ErrorText", "Check what you entered and try again.")},
    Entry{ErrorCode::InvalidLink, QT_TRANSLATE_NOOP("ErrorText", "That is not a meeting link."),
        QT_TRANSLATE_NOOP(
            "ErrorText", "Copy the whole link again, from “sightline:” or “https:” to its end.")},
    Entry{ErrorCode::ParseFailed, QT_TRANSLATE_NOOP("ErrorText", "The other side sent something unreadable."),
        QT_TRANSLATE_NOOP("ErrorText", "Check that both sides use the newest version, and try again.")},
    Entry{ErrorCode::TooLarge, QT_TRANSLATE_NOOP("ErrorText", "The other side sent more than is allowed."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again; a shorter name may help.")},
    Entry{ErrorCode::UnknownDocument,
        QT_TRANSLATE_NOOP("ErrorText", "The other side sent something unknown."),
        QT_TRANSLATE_NOOP("ErrorText", "Update Sightline on both sides and try again.")},
    Entry{ErrorCode::VersionMismatch,
        QT_TRANSLATE_NOOP("ErrorText", "This version and the server's do not understand each other."),
        QT_TRANSLATE_NOOP("ErrorText", "Update the older one of the two.")},
    Entry{ErrorCode::NotFound, QT_TRANSLATE_NOOP("ErrorText", "This meeting does not exist, or is over."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask for a new link.")},
    Entry{ErrorCode::NotAllowed, QT_TRANSLATE_NOOP("ErrorText", "You are not allowed to do that here."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the organizer of the meeting for the right to do it.")},
    Entry{ErrorCode::Declined, QT_TRANSLATE_NOOP("ErrorText", "The other person declined."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask them, and try again when they are ready.")},
    Entry{ErrorCode::Busy, QT_TRANSLATE_NOOP("ErrorText", "The other person already shares with somebody."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again when they have finished.")},
    Entry{ErrorCode::TooOften, QT_TRANSLATE_NOOP("ErrorText", "That was too often in a short time."),
        QT_TRANSLATE_NOOP("ErrorText", "Wait a few seconds, and try again.")},
    Entry{ErrorCode::Gone, QT_TRANSLATE_NOOP("ErrorText", "The other side has stopped or left."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing more will be shown until they share again.")},
    Entry{ErrorCode::Timeout, QT_TRANSLATE_NOOP("ErrorText", "There was no answer in time."),
        QT_TRANSLATE_NOOP("ErrorText", "Check that the other side is online, and try again.")},
    Entry{ErrorCode::ConnectFailed, QT_TRANSLATE_NOOP("ErrorText", "The server cannot be reached."),
        QT_TRANSLATE_NOOP("ErrorText", "Check your network connection and the address in the link.")},
    Entry{ErrorCode::TlsFailed,
        QT_TRANSLATE_NOOP("ErrorText", "No secure connection to the server is possible."),
        QT_TRANSLATE_NOOP("ErrorText", "Check this computer's date and time, and ask for a new link.")},
    Entry{ErrorCode::CertificateMismatch,
        QT_TRANSLATE_NOOP("ErrorText", "The server is not the one that the link was made for."),
        QT_TRANSLATE_NOOP("ErrorText", "Do not go on: somebody may be in between. Ask for a new link.")},
    Entry{ErrorCode::IceFailed, QT_TRANSLATE_NOOP("ErrorText", "The two computers cannot reach each other."),
        QT_TRANSLATE_NOOP("ErrorText", "A firewall may be in the way; try another network.")},
    Entry{ErrorCode::DtlsFailed,
        QT_TRANSLATE_NOOP("ErrorText", "No encrypted connection between the two computers came about."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again; if it happens again, try another network.")},
    Entry{ErrorCode::FingerprintMismatch,
        QT_TRANSLATE_NOOP("ErrorText", "The other computer is not the one that was announced."),
        QT_TRANSLATE_NOOP("ErrorText", "Do not go on: somebody may be in between. Start a new meeting.")},
    Entry{ErrorCode::ConnectionLost, QT_TRANSLATE_NOOP("ErrorText", "The connection was lost."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the network on both sides, and connect again.")},
    Entry{ErrorCode::RdpFailed, QT_TRANSLATE_NOOP("ErrorText", "The sharing session broke off."),
        QT_TRANSLATE_NOOP("ErrorText", "Start sharing again.")},
    Entry{ErrorCode::CaptureFailed, QT_TRANSLATE_NOOP("ErrorText", "The screen cannot be read."),
        QT_TRANSLATE_NOOP("ErrorText", "Choose another monitor, or the whole desktop.")},
    Entry{ErrorCode::NoWindow,
        QT_TRANSLATE_NOOP("ErrorText", "The window to be shared is not there any more."),
        QT_TRANSLATE_NOOP("ErrorText", "Share another window, or the desktop.")},
    Entry{ErrorCode::NoDisplay, QT_TRANSLATE_NOOP("ErrorText", "There is no display to show or to share."),
        QT_TRANSLATE_NOOP("ErrorText", "Start Sightline from within a desktop session.")},
    Entry{ErrorCode::PortInUse, QT_TRANSLATE_NOOP("ErrorText", "Another program uses the server's port."),
        QT_TRANSLATE_NOOP("ErrorText", "Close that program, or choose another port.")},
    Entry{ErrorCode::FileFailed, QT_TRANSLATE_NOOP("ErrorText", "A file cannot be read or written."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the free space and your rights in that folder.")},
    Entry{ErrorCode::Cancelled, QT_TRANSLATE_NOOP("ErrorText", "You stopped it."),
        QT_TRANSLATE_NOOP("ErrorText", "Start again whenever you like.")},
    Entry{ErrorCode::WrongPasscode, QT_TRANSLATE_NOOP("ErrorText", "That is not the meeting's passcode."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the organizer for the passcode, and try again.")},
    Entry{ErrorCode::Locked, QT_TRANSLATE_NOOP("ErrorText", "The meeting is locked: nobody new can join."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask somebody who is in it to unlock it.")},
    // Diagnostic 21000 of Communicator.
    Entry{ErrorCode::Replaced,
        QT_TRANSLATE_NOOP("ErrorText", "Somebody else shares now, so your sharing has ended (21000)."),
        QT_TRANSLATE_NOOP("ErrorText", "You can share again when they have finished.")},
    Entry{ErrorCode::Removed, QT_TRANSLATE_NOOP("ErrorText", "A presenter has taken you out of the meeting."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the organizer if you think that this was a mistake.")},
    Entry{ErrorCode::Moved, QT_TRANSLATE_NOOP("ErrorText", "The picture comes another way now."),
        QT_TRANSLATE_NOOP("ErrorText", "There is nothing to do.")},
    Entry{ErrorCode::EndedByPresenter, QT_TRANSLATE_NOOP("ErrorText", "A presenter has ended the sharing."),
        QT_TRANSLATE_NOOP("ErrorText", "Ask the organizer of the meeting before you share again.")},
};

} // namespace

ErrorText errorText(ErrorCode code)
{
    const auto found = std::find_if(
        kEntries.begin(), kEntries.end(), [code](const Entry& entry) { return entry.code == code; });
    // Codes are added elsewhere: one without an entry yet reads as our own fault, which it is.
    const Entry& entry = found == kEntries.end() ? kEntries.front() : *found;
    return {QCoreApplication::translate(kContext, entry.sentence),
        QCoreApplication::translate(kContext, entry.advice)};
}

} // namespace sightline
