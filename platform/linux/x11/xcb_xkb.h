#pragma once

// Members of its structures are called `explicit`.
#define explicit explicitComponents
#include <xcb/xkb.h>
#undef explicit
