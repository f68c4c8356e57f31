//go:build tools

// Package tools pins the Temporal server and its SQL schema tool; nothing here is compiled into the product.
package tools

import (
	_ "go.temporal.io/server/cmd/server"
	_ "go.temporal.io/server/cmd/tools/sql"
)
