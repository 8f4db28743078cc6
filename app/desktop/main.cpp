// SPDX-License-Identifier: MIT
#include "app/desktop/shell.h"

int main(int argc, char** argv)
{
    return gapless::runDesktop(argc, argv);
}
