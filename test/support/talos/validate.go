// What `talosctl gen config`, `talosctl machineconfig patch` and `talosctl validate --mode metal --strict` do, out of the library
// they are made of: talosctl itself builds on modules that not every proxy hands out.
//
//	validate VERSION <LIST    a line for each machine: controlplane or worker, and its patches
//
// Says a line for each machine: ok, or what is wrong.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
	"github.com/siderolabs/talos/pkg/machinery/config/validation"
)

type metal struct{}

func (metal) String() string        { return "metal" }
func (metal) RequiresInstall() bool { return true }
func (metal) InContainer() bool     { return false }

func validate(input *generate.Input, role string, files []string) error {
	kind, err := machine.ParseType(role)
	if err != nil {
		return err
	}
	generated, err := input.Config(kind)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for _, file := range files {
		names = append(names, "@"+file)
	}
	patches, err := configpatcher.LoadPatches(names)
	if err != nil {
		return err
	}
	patched, err := configpatcher.Apply(configpatcher.WithConfig(generated), patches)
	if err != nil {
		return err
	}
	text, err := patched.Bytes()
	if err != nil {
		return err
	}
	read, err := configloader.NewFromBytes(text)
	if err != nil {
		return err
	}
	warnings, err := read.Validate(metal{}, validation.WithLocal(), validation.WithStrict())
	if err == nil && len(warnings) > 0 {
		return errors.New(strings.Join(warnings, "; "))
	}
	return err
}

func main() {
	contract, err := config.ParseContractFromVersion(os.Args[1])
	if err != nil {
		panic(err)
	}
	// Keys and certificates once for all: they are no part of what is looked at.
	input, err := generate.NewInput("home", "https://172.16.1.49:6443", "1.36.0", generate.WithVersionContract(contract))
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if err := validate(input, words[0], words[1:]); err != nil {
			fmt.Println(strings.Join(strings.Fields(err.Error()), " "))
		} else {
			fmt.Println("ok")
		}
	}
}
